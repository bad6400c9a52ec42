"""Where logistics stands in the menu, and who may do what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, select

from dougong import Actor, MenuItem, Role, _, pgettext
from dougong_logistics.fleet.models import Driver
from dougong_logistics.shipments.models import Shipment
from dougong_logistics.tours.models import Tour, TourStop

ENTRIES = [
    ("shipments", _("Shipments"), "truck-delivery"),
    ("returns", pgettext("logistics", "Returns"), "arrow-back-up"),
    ("trackings", _("Tracking"), "map-pin"),
    ("plans", _("Route plans"), "map-route"),
    ("tours", _("Tours"), "steering-wheel"),
    ("statements", _("Freight statements"), "file-invoice"),
    ("carriers", _("Carriers"), "truck"),
    ("services", _("Carrier services"), "route"),
    ("tariffs", pgettext("freight", "Tariffs"), "coins"),
    ("places", pgettext("map", "Places"), "map-2"),
    ("scenarios", _("Network scenarios"), "affiliate"),
    ("vehicles", _("Vehicles"), "car"),
    ("drivers", _("Drivers"), "steering-wheel"),
    ("fleetlog", _("Fleet log"), "gas-station"),
]
LOOK_UP = ["base.party.read", "base.product.read", "base.unit.read", "base.currency.read"]
_driver, _tour, _stop = Driver.__table__, Tour.__table__, TourStop.__table__


def own_tours(model: Any, actor: Actor) -> ColumnElement[bool]:
    """The tours one drives."""
    mine = select(_driver.c.id).where(_driver.c.user_id == actor.user_id)
    condition: ColumnElement[bool] = model.driver_id.in_(mine)
    return condition


def own_shipments(model: Any, actor: Actor) -> ColumnElement[bool]:
    """What one has in the car."""
    mine = (
        select(_stop.c.shipment_id)
        .join(_tour, _tour.c.id == _stop.c.tour_id)
        .join(_driver, _driver.c.id == _tour.c.driver_id)
        .where(_driver.c.user_id == actor.user_id)
    )
    condition: ColumnElement[bool] = model.id.in_(mine)
    return condition


ROLES = [
    Role("logistics.manager", _("Head of logistics"), ["logistics.*", *LOOK_UP]),
    Role(
        "logistics.dispatcher",
        _("Dispatcher"),
        [
            "logistics.shipment.*", "logistics.return.*", "logistics.tracking.*", "logistics.carrier.read",
            "logistics.service.read", "logistics.tariff.read", "logistics.statement.read",
            "logistics.statement.check", "logistics.plan.*", "logistics.tour.*",
            "logistics.place.*", "logistics.vehicle.read", "logistics.driver.read",
            "logistics.fleetlog.*", *LOOK_UP,
        ],
    ),
    Role(
        "logistics.driver",
        _("Driver"),
        [
            "logistics.tour.read", "logistics.tour.drive", "logistics.shipment.read",
            "logistics.shipment.deliver", "logistics.vehicle.read", "base.party.read",
            "base.product.read",
        ],
        {Tour: own_tours, Shipment: own_shipments},
    ),
]  # fmt: skip


def menu() -> Iterator[MenuItem]:
    """Daily work first, what is rarely touched below."""
    yield MenuItem(key="logistics", label=_("Logistics"), icon="truck", order=45)
    yield MenuItem(
        key="logistics.drive", label=_("My tour"), to="logistics.drive",
        parent="logistics", icon="steering-wheel", order=5, needs="logistics.tour.drive",
    )  # fmt: skip
    for order, (slug, label, icon) in enumerate(ENTRIES, 1):
        yield MenuItem(
            key=f"logistics.{slug}", label=label, to=f"logistics.{slug}", parent="logistics",
            icon=icon, order=order * 10,
        )  # fmt: skip
