"""The first steps on the home page, and the page with all of them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue

from dougong.dashboards.sources import widget_way as where
from dougong.errors import NotFound
from dougong.first_steps.queries import Progress, mine, progress
from dougong.first_steps.service import put_away, take_out
from dougong.i18n import _
from dougong.web.rights import signed_in

pages = Blueprint("first_steps", __name__)


def open_room(app: Flask) -> None:
    """Hang the pages up; the home page asks whether there is anything to show."""
    app.register_blueprint(pages)
    app.jinja_env.globals["has_first_steps"] = lambda: bool(_mine())


@pages.get("/core/first-steps")
@signed_in
def index() -> str:
    """All of them; as a part of the home page those alone that wait."""
    found = _progress()
    if "HX-Request" in request.headers:
        waiting = [one for one in found if one.left and not one.away]
        return render_template("core/_first_steps.html", modules=waiting, heading=_heading,
                               where=where, home=True)  # fmt: skip
    return render_template(
        "core/first_steps.html", modules=found, heading=_heading, where=where, home=False
    )


@pages.post("/core/first-steps/<module>/<any(away,again):what>")
@signed_in
def put(module: str, what: str) -> ResponseReturnValue:
    """Put a department's steps away, or take them out again."""
    if module not in {step.module for step in _mine()}:
        raise NotFound(_("module"), module[:24])
    act = put_away if what == "away" else take_out
    current_app.extensions["dougong"].house.run(g.actor, lambda uow: act(uow, module))
    return redirect("/" if request.form.get("home") else "/core/first-steps", 303)


def _mine() -> list[Any]:
    runtime = current_app.extensions["dougong"]
    return mine(runtime.wiring.first_steps, runtime.nouns, g.actor) if g.get("actor") else []


def _progress() -> list[Progress]:
    runtime = current_app.extensions["dougong"]
    with runtime.house.read(g.actor) as session:
        return progress(session, runtime.wiring.first_steps, runtime.nouns, g.actor)


def _heading(module: str) -> str:
    menus = current_app.extensions["dougong"].wiring.menus
    return next((str(m.label) for m in menus if m.key == module and not m.parent), module)
