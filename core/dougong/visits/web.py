"""A document's page says that it was opened."""

from __future__ import annotations

from flask import Blueprint, Flask, current_app, g
from flask.typing import ResponseReturnValue

from dougong.errors import NotFound
from dougong.keys import whole
from dougong.visits.service import the_noun, visit
from dougong.web.rights import signed_in

pages = Blueprint("visits", __name__, url_prefix="/core/visits")


def open_room(app: Flask) -> None:
    """Hang the page up."""
    app.register_blueprint(pages)


@pages.post("/<name>/<key>")
@signed_in
def opened(name: str, key: str) -> ResponseReturnValue:
    """Remember it; the page that told so goes on."""
    runtime, id = current_app.extensions["dougong"], whole(key)
    noun = the_noun(runtime.nouns, name)
    if id is None:
        raise NotFound(noun.one, key[:40])
    runtime.house.run(g.actor, lambda uow: visit(uow, noun, id))
    return "", 204
