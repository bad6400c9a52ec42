"""What a driver reports: there, handed over, in part, refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from dougong import ZERO, NotFound, Refused, UnitOfWork, _, clock
from dougong_logistics.driving.proofs import media_of, strokes
from dougong_logistics.returns.service import expect_refused
from dougong_logistics.shipments.models import ProofPhoto, Shipment
from dougong_logistics.shipments.service import deliver, fail
from dougong_logistics.tours.models import Tour, TourStop


@dataclass(frozen=True)
class Proof:
    """Who took the goods, and what shows it; the drawing and the photo may be missing."""

    name: str
    signature: str = ""
    photo: bytes = b""
    note: str = ""


def arrive(uow: UnitOfWork, stop_id: int) -> TourStop:
    """The driver stands at the door."""
    stop = _open_stop(uow, stop_id)
    stop.arrived_at = stop.arrived_at or clock.now()
    return stop


def hand_over_stop(uow: UnitOfWork, stop_id: int, proof: Proof) -> TourStop:
    """Somebody took everything and signed for it."""
    stop = _open_stop(uow, stop_id)
    _delivered(uow, stop, proof)
    stop.outcome = "delivered"
    return stop


def refuse_stop(uow: UnitOfWork, stop_id: int, reason: str) -> TourStop:
    """Nobody took anything: it stays in the car, and the office hears why."""
    stop = _open_stop(uow, stop_id)
    if not reason.strip():
        raise Refused(_("Say why the goods were not taken."))
    fail(uow, [stop.shipment_id], reason.strip()[:1000])
    stop.arrived_at = stop.arrived_at or clock.now()
    stop.outcome = "refused"
    return stop


def hand_over_partly(
    uow: UnitOfWork, stop_id: int, refused: Mapping[int, Decimal], proof: Proof
) -> TourStop:
    """Some of it was taken; the rest is announced as a return and comes back with the car."""
    stop = _open_stop(uow, stop_id)
    shipment = uow.get(Shipment, stop.shipment_id, Shipment.lines)
    back = {line: quantity for line, quantity in refused.items() if quantity}
    known = {line.id for line in shipment.lines}
    if not back or not set(back) <= known:
        raise Refused(_("Enter what was not taken, or choose “Delivered”."))
    for line in shipment.lines:
        quantity = back.get(line.id, ZERO)
        if quantity < 0 or quantity > line.quantity:
            raise Refused(_("Nobody refuses more than was brought."))
        line.refused = quantity
    if all(line.refused == line.quantity for line in shipment.lines):
        raise Refused(_("All of it was refused: choose “Refused”."))
    if not proof.note.strip():
        raise Refused(_("Say why the goods were not taken."))
    _delivered(uow, stop, proof)
    stop.outcome = "partly"
    expect_refused(uow, shipment, proof.note.strip())
    return stop


def _delivered(uow: UnitOfWork, stop: TourStop, proof: Proof) -> None:
    if len(proof.name.strip()) > 120:
        raise Refused(_("The name is longer than 120 characters."))
    drawn = strokes(proof.signature)
    media = media_of(proof.photo) if proof.photo else ""
    (shipment,) = deliver(uow, [stop.shipment_id], proof.name, note=proof.note.strip()[:1000])
    shipment.signature = drawn
    if media:
        uow.add(ProofPhoto(shipment_id=shipment.id, media=media, data=proof.photo))
    stop.arrived_at = stop.arrived_at or clock.now()


def _open_stop(uow: UnitOfWork, stop_id: int) -> TourStop:
    """A stop of the driver's own tour that is under way, where nothing has happened yet."""
    uow.require("logistics.tour.drive")
    tour_id = uow.session.scalar(select(TourStop.tour_id).where(TourStop.id == stop_id))
    if tour_id is None:
        raise NotFound("logistics.tours", stop_id)
    tour = uow.get(Tour, tour_id, Tour.stops, Tour.driver, lock=True)
    if tour.driver is None or tour.driver.user_id != uow.actor.user_id:
        raise NotFound("logistics.tours", stop_id)
    if tour.state != "under_way":
        raise Refused(_("Start %(tour)s first.", tour=tour))
    stop = next(one for one in tour.stops if one.id == stop_id)
    if stop.outcome != "open":
        raise Refused(_("This stop is done already."))
    uow.touch(tour)
    return stop
