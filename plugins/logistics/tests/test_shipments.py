"""Deliveries become shipments, travel, and arrive."""

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy.exc import IntegrityError

from dougong import DougongError, Invalid, Refused
from dougong.mail import NoMail
from dougong.outbox.letters import unpack
from dougong.outbox.models import OutboxMessage
from dougong.settings import service as settings
from dougong_base import Party
from dougong_base.events import CostsArose, DeliveryCancelled, ShipmentDelivered
from dougong_logistics.carriers.models import Carrier
from dougong_logistics.events import ShipmentHandedOver
from dougong_logistics.shipments.combining import combine
from dougong_logistics.shipments.models import Shipment
from dougong_logistics.shipments.service import deliver, fail, hand_over, pack, suggest
from dougong_logistics.trackings.models import TrackingEvent
from dougong_logistics.trackings.news import tell_customers
from dougong_logistics.trackings.service import apply_news

DAY = dt.date(2026, 3, 2)
D = Decimal


def test_a_planned_delivery_becomes_a_shipment_with_the_cheapest_carrier_once(office):
    office.plan((office.ids.chair, 2), (office.ids.lamp, 1))
    office.plan((office.ids.chair, 2), (office.ids.lamp, 1))
    (only,) = office.all(Shipment)
    shipment = office.shipment(only.id)
    # 18 kg, but 0.2 m³ / 5000 counts as 40 kg: (4 + 0.5 × 40) × 1.1.
    assert (shipment.service_id, shipment.cost) == (office.ids.parcel, D("26.40"))
    assert (shipment.load.weight, shipment.load.volume) == (18, D("0.2"))
    assert (shipment.address_id, shipment.number[:3]) == (office.ids.home, "SH-")


def test_a_delivery_that_is_called_off_travels_nowhere(office):
    delivery = office.plan((office.ids.lamp, 1))
    office.run(lambda uow: uow.publish(DeliveryCancelled(delivery=delivery, company_id=1)))
    assert office.shipment().state == "cancelled"


def test_goods_that_leave_the_warehouse_are_with_the_carrier_and_freight_is_owed(office):
    delivery = office.plan((office.ids.lamp, 3))
    told = office.goods_leave(delivery, (office.ids.lamp, 3))
    shipment = office.shipment()
    assert (shipment.state, shipment.handed_over_on) == ("handed_over", DAY)
    (cost,) = [e for e in told if isinstance(e, CostsArose)]
    assert [(x.purpose, x.amount) for x in cost.lines] == [
        ("freight_out", D("5.50")), ("freight_accrued", D("-5.50")),
    ]  # fmt: skip


def test_what_stays_behind_in_the_warehouse_is_not_on_the_shipment(office):
    delivery = office.plan((office.ids.lamp, 8), (office.ids.chair, 1))
    office.goods_leave(delivery, (office.ids.lamp, 2))
    shipment = office.shipment()
    assert [(line.product_id, line.quantity) for line in shipment.lines] == [(office.ids.lamp, 2)]
    assert (shipment.state, shipment.cost) == ("handed_over", D("5.50"))


def test_deliveries_to_one_address_travel_together_and_wait_for_each_other(office):
    first, second = (
        office.plan((office.ids.lamp, 1)),
        office.plan((office.ids.lamp, 2), key=700_002),
    )
    ids = [s.id for s in office.all(Shipment)]
    office.run(lambda uow: combine(uow, ids))
    assert [s.state for s in office.all(Shipment)] == ["planned", "cancelled"]
    assert office.shipment(ids[0]).load.weight == 6
    office.goods_leave(first, (office.ids.lamp, 1))
    assert office.shipment(ids[0]).state == "planned"
    office.goods_leave(second, (office.ids.lamp, 2))
    assert office.shipment(ids[0]).state == "handed_over"


def test_shipments_to_different_places_do_not_travel_together(office):
    office.plan((office.ids.lamp, 1))
    office.plan((office.ids.lamp, 1), key=700_002, party=office.ids.far)
    ids = [s.id for s in office.all(Shipment)]
    with pytest.raises(Refused, match="same address"):
        office.run(lambda uow: combine(uow, ids))


def test_without_a_warehouse_shipments_are_entered_packed_and_handed_over_by_hand(office, enter):
    id = enter(
        "logistics.shipments", party="ADA", address=office.ids.home, ship_on="2026-03-02",
        service="PARCEL", lines=[{"product": "lamp", "quantity": "2"}],
    )  # fmt: skip
    office.run(lambda uow: pack(uow, [id]))
    office.run(lambda uow: hand_over(uow, [id], on=DAY))
    shipment = office.shipment(id)
    assert (shipment.state, shipment.number, shipment.cost) == (
        "handed_over", "SH-2026-00001", D("5.50"),
    )  # fmt: skip


def test_an_unknown_zone_is_told_and_an_overweight_parcel_is_refused(office, enter):
    office.plan((office.ids.lamp, 1), party=office.ids.far)
    id = office.shipment().id
    with pytest.raises(Refused, match=r"No tariff takes 2 kg to Road 2, 2000, AU"):
        office.run(lambda uow: suggest(uow, [id]))
    with pytest.raises(Invalid) as refusal:
        enter("logistics.shipments", key=id, service="PARCEL", parcels=[{"weight": "31"}])
    assert "30 kg at most" in str(refusal.value.errors["parcels.0.weight"])


def test_a_tracking_number_belongs_to_one_shipment_of_a_carrier(office, enter):
    office.plan((office.ids.lamp, 1))
    office.plan((office.ids.lamp, 1), key=700_002)
    first, second = (s.id for s in office.all(Shipment))
    enter("logistics.shipments", key=first, tracking_number="JD1")
    with pytest.raises((Invalid, DougongError, IntegrityError)):
        enter("logistics.shipments", key=second, tracking_number="JD1")


def test_what_has_left_is_not_rewritten(office, enter):
    delivery = office.plan((office.ids.lamp, 3))
    office.goods_leave(delivery, (office.ids.lamp, 3))
    id = office.shipment().id
    with pytest.raises(DougongError):
        enter("logistics.shipments", key=id, cost="1.00")

    def by_hand(uow):
        uow.get(Shipment, id).cost = D(1)

    with pytest.raises((Refused, IntegrityError), match="has left"):
        office.run(by_hand)
    assert office.shipment(id).cost == D("5.50")


def gone(office):
    delivery = office.plan((office.ids.lamp, 3))
    office.goods_leave(delivery, (office.ids.lamp, 3))
    return office.shipment().id


def test_the_customer_signs_and_everybody_hears_of_it(office):
    id = gone(office)

    def act(uow):
        deliver(uow, [id], received_by="Ada herself", on=DAY + dt.timedelta(days=2))
        return list(uow.published)

    (told,) = [e for e in office.run(act) if isinstance(e, ShipmentDelivered)]
    assert (told.received_by, told.on.day, [d.id for d in told.deliveries]) == (
        "Ada herself", 4, [700_001],
    )  # fmt: skip
    with pytest.raises(Refused):
        office.run(lambda uow: fail(uow, [id], reason="late"))


def test_what_a_carrier_says_moves_the_shipment_along_once(office, enter):
    id = gone(office)
    number = office.shipment(id).number
    enter("logistics.trackings", shipment=number, happened_at="2026-03-03T08:00:00Z",
          status="under_way", place="Hub")  # fmt: skip
    enter("logistics.trackings", shipment=number, happened_at="2026-03-04T10:00:00Z",
          status="delivered", received_by="Neighbour")  # fmt: skip
    assert office.run(apply_news) == 2
    assert office.run(apply_news) == 0
    shipment = office.shipment(id)
    assert (shipment.state, shipment.received_by, shipment.delivered_on.day) == (
        "delivered", "Neighbour", 4,
    )  # fmt: skip
    assert all(event.applied for event in office.all(TrackingEvent))


def test_the_notice_to_the_customer_waits_in_the_outbox_where_no_mail_is_set(office):
    gone(office)
    assert office.all(OutboxMessage) == []
    office.run(lambda uow: settings.write(uow, "logistics.notify", "mail"))
    delivery = office.plan((office.ids.lamp, 1), key=700_009)
    office.goods_leave(delivery, (office.ids.lamp, 1))
    (letter,) = office.all(OutboxMessage)
    assert (letter.state, letter.payload["party_id"]) == ("waiting", office.ids.ada)
    with pytest.raises(NoMail):
        office.run(lambda uow: tell_customers(uow, [unpack(ShipmentHandedOver, letter.payload)]))


@pytest.mark.parametrize(
    ("tab", "word"),
    [("labels", "Way 1"), ("delivery-note", "Lamp"), ("customs", "Lamp")],
)
def test_what_is_printed_with_a_shipment_says_who_and_what(office, browse, tab, word):
    office.plan((office.ids.lamp, 3))
    address = f"/logistics/shipments/{office.shipment().id}/{tab}"
    page = browse("boss", "logistics.manager").get(address)
    text = page.get_data(as_text=True)
    assert page.status_code == 200
    assert "SH-2026-00001" in text
    assert word in text


def test_the_notice_is_written_in_the_customer_s_language_with_the_way_to_follow(
    office, enter, monkeypatch
):
    sent = []

    class Post:
        def __init__(self, host, port, timeout):
            self.host = host

        def __enter__(self):
            return self

        def __exit__(self, *_rest):
            return False

        def send_message(self, letter):
            sent.append(letter)

    monkeypatch.setattr("smtplib.SMTP", Post)

    def prepare(uow):
        settings.write(uow, "logistics.notify", "mail")
        settings.write(uow, "core.mail_server", "mail.example:25")
        settings.write(uow, "core.mail_from", "us@house.example")
        settings.write(uow, "core.mail_security", "none")
        uow.get(Party, office.ids.ada).language = "zh_Hans_CN"
        uow.get(Carrier, office.ids.carrier).tracking_url = "https://swift.example/{number}"

    office.run(prepare)
    delivery = office.plan((office.ids.lamp, 1))
    enter("logistics.shipments", key=office.shipment().id, tracking_number="JD 1")
    office.goods_leave(delivery, (office.ids.lamp, 1))
    (letter,) = office.all(OutboxMessage)
    office.run(lambda uow: tell_customers(uow, [unpack(ShipmentHandedOver, letter.payload)]))
    (mail,) = sent
    assert "您的货物" in mail["Subject"]
    assert "2026年3月2日" in mail.get_content()
    assert "https://swift.example/JD%201" in mail.get_content()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [({"customs_code": "94A330"}, "six to twelve digits"), ({"origin": "1"}, "two letters")],
)
def test_codes_that_no_customs_office_knows_are_refused(office, enter, line, sentence):
    with pytest.raises(Invalid, match=sentence):
        enter("logistics.shipments", party="ADA", ship_on="2026-03-02",
              lines=[{"product": "lamp", "quantity": "2", **line}])  # fmt: skip
    with pytest.raises(Invalid, match="holds at this place"):
        enter("logistics.shipments", party="ADA", ship_on="2026-03-02", incoterm_place="Hamburg")
