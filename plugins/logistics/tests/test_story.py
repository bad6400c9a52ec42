"""The story of a despatch office, from the first tariff to the signature and the carrier's bill."""

import datetime as dt
from decimal import Decimal

from dougong import Actor
from dougong_base.events import CostsArose, PurchaseBillable
from dougong_logistics.carriers.models import Service
from dougong_logistics.demo import open_the_yard
from dougong_logistics.fleet.models import Vehicle
from dougong_logistics.freight.service import accept_statements, check_statements
from dougong_logistics.shipments.service import deliver

D = Decimal


def day(number):
    return dt.date(2026, 3, number)


def test_from_the_tariff_to_the_carrier_s_bill(office, enter):
    # Given the usual tariff, and a cheaper one for Berlin from March on.
    steps = [{"up_to": "40", "base": "3.00", "rate": "0.25"}]
    enter(
        "logistics.tariffs", service="PARCEL", country="DE", postcode="10", steps=steps,
        valid_from="2026-03-01",
    )  # fmt: skip

    # When the warehouse plans four lamps for Ada, 8 kg go for 3.00 + 8 × 0.25.
    delivery = office.plan((office.ids.lamp, 4), on=day(2))
    shipment = office.shipment()
    assert shipment.cost == 5

    # One lamp stays behind: three leave for 4.50, which is owed from that day on.
    told = office.goods_leave(delivery, (office.ids.lamp, 3), on=day(3))
    (cost,) = [e for e in told if isinstance(e, CostsArose)]
    assert (cost.on, [line.amount for line in cost.lines]) == (day(3), [D("4.50"), D("-4.50")])

    # Ada signs, the carrier charges what was agreed, and is paid once.
    office.run(lambda uow: deliver(uow, [shipment.id], received_by="Ada", on=day(5)))
    statement = enter(
        "logistics.statements", carrier="SWIFT", reference="I-1", dated_on="2026-03-31",
        lines=[{"tracking": shipment.number, "charged": "4.50"}],
    )  # fmt: skip
    office.run(lambda uow: check_statements(uow, [statement]))

    def accept(uow):
        accept_statements(uow, [statement])
        uow.settle()
        return list(uow.published)

    (bill,) = [e for e in office.run(accept) if isinstance(e, PurchaseBillable)]
    assert [(x.amount, x.unit_cost) for x in bill.lines] == [(D("4.5"), D("4.5"))]


def test_the_demo_company_has_a_carrier_and_a_van_however_often_it_is_asked(make_house):
    house = make_house("base", "logistics")
    for _again in range(2):
        house.run(Actor.system(), open_the_yard)
    with house.read(Actor.system()) as session:
        assert [s.code for s in session.query(Service).order_by(Service.id)] == [
            "PARCEL", "EXPRESS",
        ]  # fmt: skip
        assert session.query(Vehicle).one().odometer == 41_230
