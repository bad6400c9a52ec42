"""The driver's phone: today's tour, signatures, what was refused."""

import io
import re
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import Actor, Refused, clock
from dougong.people.roles.service import give_role
from dougong.people.users.service import add_user
from dougong_logistics.driving.proofs import MOST_STROKES, media_of, strokes
from dougong_logistics.fleet.models import Driver, Vehicle
from dougong_logistics.places.models import Place
from dougong_logistics.returns.models import Return
from dougong_logistics.shipments.models import MOST_BYTES, ProofPhoto, Shipment
from dougong_logistics.tours.models import Tour, TourStop

PASSWORD = "correct horse 7"
D = Decimal
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@pytest.fixture
def road(office, runtime):
    """Two drivers, each with a tour of two stops today; the goods are in the cars."""
    ids = {}
    for key in range(4):
        delivery = office.plan((office.ids.lamp, 4), (office.ids.chair, 1), key=700_001 + key)
        office.goods_leave(delivery, (office.ids.lamp, 4), (office.ids.chair, 1))
    shipments = [s.id for s in office.all(Shipment)]

    def act(uow):
        uow.add(
            Place(name="Ada", address_id=office.ids.home, latitude=D("52.5"), longitude=D("13.4"))
        )
        for n, name in enumerate(("kim", "lee")):
            user, _secret = add_user(uow, name, name.title(), companies=[1], password=PASSWORD)
            uow.flush()
            give_role(uow, user.id, "logistics.driver")
            driver = Driver(name=name.title(), user_id=user.id)
            van = Vehicle(plate=f"B-{n}", capacity=D(900))
            uow.add(driver, van)
            tour = Tour(day=uow.today, vehicle_id=van.id, driver_id=driver.id, state="planned")
            tour.stops = [
                TourStop(shipment_id=s, arrives="09:00") for s in shipments[2 * n : 2 * n + 2]
            ]
            uow.add(tour)
            uow.number(tour, "tour", on=uow.today)
            ids[name] = (tour.id, [stop.id for stop in tour.stops])

    office.run(act)
    return ids


class Phone:
    """A browser of one driver."""

    def __init__(self, client):
        self.client = client
        page = client.get("/logistics/drive").get_data(as_text=True)
        self.word = re.search(r'name="csrf-token" content="([^"]+)"', page)[1]

    def see(self, path=""):
        answer = self.client.get(f"/logistics/drive{path}")
        return answer.status_code, answer.get_data(as_text=True)

    def press(self, path, **form):
        answer = self.client.post(
            f"/logistics/drive{path}", data={"csrf_token": self.word, **form},
            content_type="multipart/form-data",
        )  # fmt: skip
        return answer.status_code, answer.get_data(as_text=True)


@pytest.fixture
def kim(road, browse):
    return Phone(browse("kim"))


def test_a_driver_sees_the_own_tour_in_order_with_the_way_there(road, kim):
    status, page = kim.see()
    assert status == 200
    assert page.index("SH-2026-00001") < page.index("SH-2026-00002")
    assert "SH-2026-00003" not in page
    assert 'href="geo:52.5' in page
    tour, (first, _second) = road["kim"]
    assert kim.press(f"/stops/{first}/delivered", name="Ada")[0] == 409
    assert kim.press(f"/tours/{tour}/start")[0] == 303


def test_another_driver_s_tour_is_not_there(road, kim, runtime, browse):
    tour, (stop, _second) = road["lee"]
    assert kim.see(f"/stops/{stop}")[0] == 404
    assert kim.see(f"/stops/{stop}/photo")[0] == 404
    assert kim.press(f"/tours/{tour}/start")[0] == 404
    assert kim.press(f"/stops/{stop}/delivered", name="Ada")[0] == 404
    with runtime.house.read(Actor.system()) as session:
        assert session.get(Tour, tour).state == "planned"
    lists = kim.client.get("/logistics/tours").get_data(as_text=True)
    assert "TO-2026-00001" in lists or f"TO-{clock.now().year}-00001" in lists
    assert kim.client.get(f"/logistics/tours/{tour}").status_code == 404
    assert kim.client.get(f"/api/v1/logistics/tours/{tour}").status_code == 404
    lee = Phone(browse("lee"))
    assert lee.see(f"/stops/{stop}")[0] == 200


def test_the_signature_the_name_and_the_photo_are_kept(road, kim, office):
    tour, (first, _second) = road["kim"]
    kim.press(f"/tours/{tour}/start")
    assert kim.press(f"/stops/{first}/arrived")[0] == 303
    status, page = kim.press(f"/stops/{first}/delivered", name=" ", signature="")
    assert (status, "Say who has received" in page) == (409, True)
    status, _page = kim.press(
        f"/stops/{first}/delivered", name="Ada", signature="M10 20L30 40",
        photo=(io.BytesIO(PNG), "door.png"),
    )  # fmt: skip
    assert status == 303
    shipment = office.all(Shipment)[0]
    assert (shipment.state, shipment.received_by, shipment.signature) == (
        "delivered", "Ada", "M10 20L30 40",
    )  # fmt: skip
    (photo,) = office.all(ProofPhoto)
    assert (photo.media, photo.data) == ("image/png", PNG)
    status, page = kim.see(f"/stops/{first}")
    assert 'd="M10 20L30 40"' in page
    assert kim.client.get(f"/logistics/drive/stops/{first}/photo").data == PNG
    assert kim.press(f"/stops/{first}/delivered", name="Ada")[0] == 409


def test_the_typed_name_alone_is_enough(road, kim, office):
    tour, (first, second) = road["kim"]
    kim.press(f"/tours/{tour}/start")
    assert kim.press(f"/stops/{first}/delivered", name="Ada")[0] == 303
    assert kim.press(f"/tours/{tour}/finish")[0] == 409
    assert kim.press(f"/stops/{second}/refused", note="Nobody at home")[0] == 303
    assert [s.state for s in office.all(Shipment)][:2] == ["delivered", "failed"]
    assert office.all(Shipment)[1].proof_note == "Nobody at home"
    assert kim.press(f"/tours/{tour}/finish")[0] == 303
    assert [s.outcome for s in office.all(TourStop)][:2] == ["delivered", "refused"]


def test_what_is_not_taken_is_announced_as_a_return(road, kim, office):
    tour, (first, _second) = road["kim"]
    kim.press(f"/tours/{tour}/start")
    lines = {line.product_id: line.id for line in office.shipment(office.all(Shipment)[0].id).lines}
    lamp = f"refused-{lines[office.ids.lamp]}"
    for wrong, sentence in (({}, "Enter what was not taken"), ({lamp: "5"}, "more than was brought"),
                            ({lamp: "x"}, "Enter a number")):  # fmt: skip
        status, page = kim.press(f"/stops/{first}/partly", name="Ada", note="Broken", **wrong)
        assert (status, sentence in page) == (409, True)
    status, _page = kim.press(f"/stops/{first}/partly", name="Ada", note="Broken", **{lamp: "3"})
    assert status == 303
    (back,) = office.run(
        lambda uow: uow.load(Return, uow.session.scalars(select(Return.id)).all(), Return.lines)
    )
    assert (back.state, back.reason, back.text, back.number[:3]) == (
        "announced", "refused", "Broken", "RA-",
    )  # fmt: skip
    assert [(x.product_id, x.quantity) for x in back.lines] == [(office.ids.lamp, 3)]


def test_only_drawings_and_pictures_of_some_size_are_kept():
    assert strokes(" ") is None
    assert strokes("M1 2L3 4M5 6") == "M1 2L3 4M5 6"
    for bad in ('M1 2"><script>', "L1 2", "M1 2" + "L1 2" * MOST_STROKES):
        with pytest.raises(Refused):
            strokes(bad)
    assert media_of(b"\xff\xd8\xff" + b"0") == "image/jpeg"
    for bad in (b"<svg onload=x>", b"\xff\xd8\xff" + b"0" * MOST_BYTES):
        with pytest.raises(Refused):
            media_of(bad)


def test_who_does_not_drive_does_not_see_the_page(browse):
    assert browse("ann").get("/logistics/drive").status_code == 403
