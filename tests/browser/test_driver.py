"""The driver's round: a signature drawn or only a name typed, on a phone or at the desk."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hands import draw
from sqlalchemy import select

from dougong.actors import Actor
from dougong_base import Address, Party, Product
from dougong_logistics.fleet.models import Driver, Vehicle
from dougong_logistics.places.models import Place
from dougong_logistics.shipments.models import Shipment, ShipmentLine
from dougong_logistics.shipments.service import give_away, pack
from dougong_logistics.tours.models import Tour, TourStop

Look = Callable[[Any], None]


@pytest.fixture(scope="module", autouse=True)
def tour(server: Any) -> None:
    """Two stops wait in the car of whoever looks."""
    server.runtime.house.run(Actor.system(), load_the_car)


def load_the_car(uow: Any) -> None:
    """Beams for two customers, packed and handed over."""
    beam = uow.session.scalar(select(Product.id).where(Product.code == "BEAM"))
    driver, van = Driver(name="Ana Ruiz"), Vehicle(plate="B-1", capacity=Decimal(900))
    uow.add(driver, van)
    shipments = []
    for n, code in enumerate(("C-ACME", "C-BJ")):
        party = uow.session.scalar(select(Party).where(Party.code == code))
        party.phone = f"+49 30 55 {n}"
        address = Address(party_id=party.id, street=f"Way {n}", city="Town")
        uow.add(address)
        uow.add(
            Place(name=code, address_id=address.id, latitude=Decimal(52), longitude=Decimal(13))
        )
        shipment = Shipment(
            party_id=party.id, address_id=address.id, ship_on=uow.today, own=True,
            lines=[ShipmentLine(product_id=beam, quantity=Decimal(2))],
        )  # fmt: skip
        uow.add(shipment)
        shipments.append(shipment)
    uow.flush()
    pack(uow, [s.id for s in shipments])
    give_away(uow, shipments, uow.today)
    tour = Tour(
        day=uow.today, vehicle_id=van.id, driver_id=driver.id, state="planned",
        stops=[TourStop(shipment_id=s.id, arrives="09:00") for s in shipments],
    )  # fmt: skip
    uow.add(tour)
    uow.number(tour, "tour", on=uow.today)


def shipments(server: Any) -> list[Shipment]:
    """What has become of the two."""
    with server.runtime.house.read(Actor.system()) as session:
        return list(session.scalars(select(Shipment).order_by(Shipment.id)))


def test_a_signature_is_drawn_and_kept(
    open_page: Callable[..., Any], look: Look, server: Any
) -> None:
    page = open_page("/logistics/drive")
    look(page)
    page.locator("form[action$='/start'] button").click()
    page.wait_for_load_state()
    page.locator("a[href^='/logistics/drive/stops/']").first.click()
    page.wait_for_load_state()
    look(page)
    page.locator("form[action$='/arrived'] button").click()
    page.wait_for_load_state()
    page.locator("#delivered-name").fill("Ada")
    canvas = page.locator("form[action$='/delivered'] canvas")
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    draw(page, (box["x"] + 40, box["y"] + 40), (box["x"] + 120, box["y"] + 90))
    look(page)
    with page.expect_navigation():
        page.locator("form[action$='/delivered'] button[type=submit]").click()
    first = shipments(server)[0]
    assert (first.state, first.received_by) == ("delivered", "Ada")
    assert first.signature is not None
    assert first.signature.startswith("M")
    assert "L" in first.signature


def test_the_keyboard_alone_is_enough(
    open_page: Callable[..., Any], look: Look, server: Any
) -> None:
    page = open_page("/logistics/drive")
    look(page)
    page.locator("a[href^='/logistics/drive/stops/']").last.click()
    page.wait_for_load_state()
    look(page)
    page.locator("#delivered-name").focus()
    page.keyboard.type("王五")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    second = shipments(server)[1]
    assert (second.state, second.received_by, second.signature) == ("delivered", "王五", None)
    look(page)
