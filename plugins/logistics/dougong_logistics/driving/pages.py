"""The driver's pages for the phone: today's tour, one stop, a signature."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from flask import Blueprint, Response, abort, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from dougong import NotFound, Refused, UnitOfWork, _
from dougong.web.calls import the_house
from dougong.web.rights import needs
from dougong_logistics.driving.queries import places_of, tours_of, visit_of
from dougong_logistics.driving.service import (
    Proof,
    arrive,
    hand_over_partly,
    hand_over_stop,
    refuse_stop,
)
from dougong_logistics.shipments.models import ProofPhoto
from dougong_logistics.tours.models import OUTCOMES, TOUR_STEPS
from dougong_logistics.tours.service import finish_tours, start_tours

DRIVE = "/logistics/drive"
TOURS: dict[str, Callable[..., Any]] = {"start": start_tours, "finish": finish_tours}


def drive() -> Blueprint:
    """The pages, anew for each application."""
    pages = Blueprint("logistics", __name__, url_prefix="/drive")
    pages.add_url_rule("", "drive", view_func=today, methods=["GET"])
    pages.add_url_rule("/tours/<int:id>/<act>", view_func=move, methods=["POST"])
    pages.add_url_rule("/stops/<int:id>", view_func=stop, methods=["GET"])
    pages.add_url_rule("/stops/<int:id>/photo", view_func=photo, methods=["GET"])
    pages.add_url_rule("/stops/<int:id>/<act>", view_func=report, methods=["POST"])
    return pages


@needs("logistics.tour.drive")
def today() -> ResponseReturnValue:
    """Today's tours of whoever is logged in."""
    return _today()


@needs("logistics.tour.drive")
def move(id: int, act: str) -> ResponseReturnValue:
    """The car leaves, or is back."""
    service = TOURS.get(act)
    with the_house().read(g.actor) as session:
        own = id in {tour.id for tour in tours_of(session, g.actor)}
    if service is None or not own:
        raise NotFound("logistics.tours", id)
    try:
        the_house().run(g.actor, lambda uow: service(uow, [id]))
    except Refused as refusal:
        return _today(refusal), 409
    return redirect(DRIVE, 303)


@needs("logistics.tour.drive")
def stop(id: int) -> ResponseReturnValue:
    """One stop: where, what, and how it went."""
    return _stop(id)


@needs("logistics.tour.drive")
def report(id: int, act: str) -> ResponseReturnValue:
    """Something has happened at a stop."""
    service = ACTS.get(act)
    if service is None:
        raise NotFound("logistics.tours", id)
    try:
        the_house().run(g.actor, lambda uow: service(uow, id))
    except Refused as refusal:
        return _stop(id, refusal), 409
    return redirect(f"{DRIVE}/stops/{id}" if act == "arrived" else DRIVE, 303)


@needs("logistics.tour.drive")
def photo(id: int) -> ResponseReturnValue:
    """The picture that was taken at a stop."""
    with the_house().read(g.actor) as session:
        visit = visit_of(session, g.actor, id)
        row = session.scalar(
            select(ProofPhoto).where(ProofPhoto.shipment_id == visit.stop.shipment_id)
        )
        if row is None:
            abort(404)
        return Response(row.data, mimetype=row.media)


def _today(refusal: Refused | None = None) -> str:
    with the_house().read(g.actor) as session:
        tours = tours_of(session, g.actor)
        shipments = [one.shipment for tour in tours for one in tour.stops]
        return render_template(
            "logistics/drive.html", tours=tours, places=places_of(session, shipments),
            outcomes=OUTCOMES, states={state.name: state for state in TOUR_STEPS.states},
            refusal=refusal,
        )  # fmt: skip


def _stop(id: int, refusal: Refused | None = None) -> str:
    with the_house().read(g.actor) as session:
        visit = visit_of(session, g.actor, id)
        return render_template(
            "logistics/stop.html", visit=visit, stop=visit.stop, shipment=visit.stop.shipment,
            place=visit.place, outcomes=OUTCOMES, given=request.form, refusal=refusal,
        )  # fmt: skip


def _proof() -> Proof:
    form, picture = request.form, request.files.get("photo")
    return Proof(
        name=form.get("name", ""),
        signature=form.get("signature", ""),
        photo=picture.read() if picture is not None else b"",
        note=form.get("note", ""),
    )


def _refused() -> dict[int, Decimal]:
    found = {}
    for name, text in request.form.items():
        line = re.fullmatch(r"refused-(\d{1,18})", name)
        if line is None or not text.strip():
            continue
        try:
            number = Decimal(text.strip().replace(",", ".")[:30])
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or abs(number) >= 10**12:
            raise Refused(_("Enter a number."))
        found[int(line[1])] = number.quantize(Decimal("0.000001"))
    return found


ACTS: dict[str, Callable[[UnitOfWork, int], Any]] = {
    "arrived": arrive,
    "delivered": lambda uow, id: hand_over_stop(uow, id, _proof()),
    "refused": lambda uow, id: refuse_stop(uow, id, request.form.get("note", "")),
    "partly": lambda uow, id: hand_over_partly(uow, id, _refused(), _proof()),
}
