"""The star in the frame: one's favourites, and this page among them or not."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, current_app, g, render_template, request

from dougong.favourites.service import favourites_of, keep_favourite
from dougong.web.rights import signed_in

pages = Blueprint("favourites", __name__, url_prefix="/core/favourites")


def open_room(app: Flask) -> None:
    """Hang the pages up."""
    app.register_blueprint(pages)


@pages.get("")
@signed_in
def sheet() -> str:
    """What opens under the star."""
    return _sheet(request.args)


@pages.post("")
@signed_in
def keep() -> str:
    """Keep a page, or let it go."""
    address, title = _typed(request.form, "address"), _typed(request.form, "title")
    house = current_app.extensions["dougong"].house
    house.run(g.actor, lambda uow: keep_favourite(uow, address, title))
    return _sheet(request.form)


def _typed(given: Any, name: str) -> str:
    return str(given.get(name, "")).replace("\x00", "")[:600]


def _sheet(given: Any) -> str:
    with current_app.extensions["dougong"].house.read(g.actor) as session:
        mine = favourites_of(session, g.actor)
    here = _typed(given, "here") or _typed(given, "address")
    title = _typed(given, "here_title") or _typed(given, "title")
    return render_template("core/_favourites.html", mine=mine, here=here, here_title=title)
