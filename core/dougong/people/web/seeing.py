"""The buttons that begin and end to see as somebody, and what a request may do meanwhile."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from dougong import clock
from dougong.actors import Actor
from dougong.errors import DougongError, Invalid, NotFound
from dougong.i18n import _
from dougong.people.seeing.service import RIGHT, begin_look, end_look, note_look, seen_by
from dougong.people.sessions.entrance import DOOR
from dougong.people.sessions.queries import Visit
from dougong.people.users.models import User
from dougong.people.web.fresh import proof_needed, require_fresh
from dougong.unit_of_work.unit import OnlyLooking
from dougong.web.rights import needs, signed_in

pages = Blueprint("seeing", __name__)

SAFE = ("GET", "HEAD", "OPTIONS")
#: What is left to whoever looks: the way back, and the way out.
WAYS_OUT = frozenset({"seeing.end", "people.logout"})
#: Nobody sees another's account: log-ins, tokens, the second factor.
PRIVATE = ("/account", "/core/tokens", "/core/sessions", "/api/v1/core/tokens")


def look_through(visit: Visit, looker: Actor) -> Actor:
    """Who acts in this request: the other person, where this log-in looks through their eyes."""
    g.looker = None
    if visit.as_user_id is None or visit.as_until is None or clock.now() >= visit.as_until:
        return looker
    if request.endpoint in WAYS_OUT or not looker.may(RIGHT):
        return looker
    if request.method not in SAFE:
        raise OnlyLooking
    if request.path.startswith(PRIVATE):
        raise NotFound(_("page"), request.path)
    runtime = current_app.extensions["dougong"]
    try:
        with runtime.house.read(DOOR) as session:
            other = seen_by(session, looker, visit.as_user_id, runtime.wiring)
    except DougongError:
        return looker  # they were shut out meanwhile, or left this company
    page, user_id = request.full_path.rstrip("?"), visit.as_user_id
    runtime.house.run(looker, lambda uow: note_look(uow, user_id, page))
    g.looker = looker
    return other


@pages.get("/core/people/<int:user_id>/see-as")
@needs(RIGHT)
def ask(user_id: int) -> ResponseReturnValue:
    """Say what it means, before it begins."""
    return _ask(user_id, {})


@pages.post("/core/people/<int:user_id>/see-as")
@needs(RIGHT)
def begin(user_id: int) -> ResponseReturnValue:
    """Begin."""
    if g.visit is None:
        raise NotFound(_("page"), request.path)
    house = current_app.extensions["dougong"].house
    try:
        require_fresh()
    except Invalid as refusal:
        return _ask(user_id, refusal.errors), 422
    house.run(g.actor, lambda uow: begin_look(uow, g.visit.id, user_id))
    return redirect("/", 303)


@pages.post("/core/see-as/end", endpoint="end")
@signed_in
def end_now() -> ResponseReturnValue:
    """See with one's own eyes again."""
    if g.visit is None:
        return redirect("/", 303)
    house = current_app.extensions["dougong"].house
    before = house.run(g.actor, lambda uow: end_look(uow, g.visit.id))
    return redirect(f"/core/users/{before}/access" if before else "/", 303)


def _ask(user_id: int, errors: Any) -> str:
    with current_app.extensions["dougong"].house.read(g.actor) as session:
        user = session.get(User, user_id)
        if user is None or not user.active:
            raise NotFound(_("person"), user_id)
        return render_template("people/see_as.html", user=user, proof=proof_needed(), errors=errors)
