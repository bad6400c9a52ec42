"""Tours in the browser: what is offered on a page, the tour itself, and that it was seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue

from dougong.errors import NotFound
from dougong.guiding.seen import remember_seen, seen_by
from dougong.guiding.tours import tours_at
from dougong.i18n import _
from dougong.web.rights import signed_in

if TYPE_CHECKING:
    from dougong.plugin import Tour

pages = Blueprint("tours", __name__, url_prefix="/core/tours")
#: By endpoint, which kind of page the engine draws.
DRAWN = {"resources.index": "list", "resources.show": "form", "resources.new": "form"}


def open_room(app: Flask) -> None:
    """Hang the pages up; the frame of every page asks where it is."""
    from dougong.guiding import news_web

    app.register_blueprint(news_web.pages)
    app.register_blueprint(pages)
    app.jinja_env.globals.update(tour_place=place, tours_of=tours_of)


def place() -> str:
    """Where this page is, as tours say it; empty where none leads."""
    given = request.view_args or {}
    kind = DRAWN.get(request.endpoint or "")
    here = f"{given['plugin']}.{given['slug']}.{kind}" if kind else request.path
    return here if tours_of(here) else ""


def tours_of(where: str) -> list[Tour]:
    """The tours over a place."""
    return list(tours_at(_tours(), where))


@pages.get("")
@signed_in
def offer() -> str:
    """The tour of a place that this person was not offered yet; an empty answer when there is none."""
    found = tours_of(request.args.get("at", "")[:120])
    with _runtime().house.read(g.actor) as session:
        seen = seen_by(session, g.actor, "tour", [tour.key for tour in found])
    fresh = [tour for tour in found if tour.key not in seen]
    return render_template("core/_tour_offer.html", tour=fresh[0]) if fresh else ""


@pages.get("/<key>")
@signed_in
def tour(key: str) -> str:
    """The steps of a tour; the page shows one after the other."""
    return render_template("core/_tour.html", tour=_find(key))


@pages.post("/<key>/seen")
@signed_in
def seen(key: str) -> ResponseReturnValue:
    """It was taken or put away: it is not offered again."""
    known = _find(key)
    if g.actor.user_id and not g.get("looker"):
        _runtime().house.run(g.actor, lambda uow: remember_seen(uow, "tour", [known.key]))
    return "", 204


def _find(key: str) -> Tour:
    found = next((t for t in _tours() if t.key == key), None)
    if found is None:
        raise NotFound(_("tour"), key[:60])
    return found


def _tours() -> list[Tour]:
    return list(getattr(_runtime().wiring, "tours", ()))


def _runtime() -> Any:
    return current_app.extensions["dougong"]
