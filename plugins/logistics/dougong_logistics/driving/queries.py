"""What the driver's pages show: the tours of one driver, and one stop."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, selectinload

from dougong import Actor, NotFound
from dougong_logistics.fleet.models import Driver
from dougong_logistics.places.models import Place
from dougong_logistics.shipments.models import ProofPhoto, Shipment, ShipmentLine
from dougong_logistics.tours.models import Tour, TourStop

WITH_STOPS = (
    selectinload(Tour.vehicle),
    selectinload(Tour.depot),
    selectinload(Tour.stops).selectinload(TourStop.shipment).selectinload(Shipment.address),
    selectinload(Tour.stops).selectinload(TourStop.shipment).selectinload(Shipment.party),
)


@dataclass(frozen=True)
class Visit:
    """A stop as the driver sees it."""

    tour: Tour
    stop: TourStop
    place: Place | None
    photo: bool


def mine(actor: Actor) -> ColumnElement[bool]:
    """The tours that whoever asks drives."""
    return Tour.driver_id.in_(select(Driver.id).where(Driver.user_id == actor.user_id))


def tours_of(session: Session, actor: Actor) -> Sequence[Tour]:
    """Today's tours of whoever asks, and what is still under way from before."""
    today = and_(Tour.day == actor.today, Tour.state != "done")
    query = (
        select(Tour)
        .where(mine(actor), or_(today, Tour.state == "under_way", Tour.day == actor.today))
        .options(*WITH_STOPS)
        .order_by(Tour.day, Tour.id)
    )
    return session.scalars(query).all()


def places_of(session: Session, shipments: Sequence[Shipment]) -> dict[int, Place]:
    """Where these shipments go, by address."""
    ids = {s.address_id for s in shipments if s.address_id is not None}
    rows = session.scalars(select(Place).where(Place.address_id.in_(ids)))
    return {place.address_id: place for place in rows if place.address_id is not None}


def visit_of(session: Session, actor: Actor, stop_id: int) -> Visit:
    """One stop of a tour of whoever asks; others' stops are not there."""
    lines = selectinload(Tour.stops).selectinload(TourStop.shipment).selectinload(Shipment.lines)
    its = select(TourStop.tour_id).where(TourStop.id == stop_id).scalar_subquery()
    tour = session.scalar(
        select(Tour)
        .where(mine(actor), Tour.id == its)
        .options(*WITH_STOPS, lines.selectinload(ShipmentLine.product))
    )  # fmt: skip
    if tour is None:
        raise NotFound("logistics.tours", stop_id)
    stop = next(one for one in tour.stops if one.id == stop_id)
    place = places_of(session, [stop.shipment]).get(stop.shipment.address_id or 0)
    photo = session.scalar(select(ProofPhoto.id).where(ProofPhoto.shipment_id == stop.shipment_id))
    return Visit(tour, stop, place, photo is not None)
