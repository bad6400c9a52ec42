"""The page on which an administrator arranges a form."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, current_app, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from dougong.errors import Invalid, NotFound
from dougong.i18n import _
from dougong.layouts.models import FormLayout
from dougong.layouts.rules import Rule
from dougong.layouts.service import LONGEST, RIGHT, arrange, arrangeable
from dougong.people.roles.models import Role
from dougong.web.rights import needs

pages = Blueprint("layouts", __name__, url_prefix="/core/forms")


def open_room(app: Flask) -> None:
    """Hang the pages up."""
    app.register_blueprint(pages)


@pages.get("")
@needs(RIGHT)
def index() -> str:
    """Every form, those that were arranged first."""
    runtime = current_app.extensions["dougong"]
    with runtime.house.read(g.actor) as session:
        arranged = list(session.scalars(select(FormLayout).order_by(FormLayout.noun)))
    nouns = [n for n in runtime.nouns if not n.rights.only_read and arrangeable(n)]
    headings = {m.key: str(m.label) for m in runtime.wiring.menus if not m.parent}
    groups: dict[str, list[Any]] = {}
    for noun in sorted(nouns, key=lambda n: str(n.label)):
        groups.setdefault(headings.get(noun.plugin, noun.plugin), []).append(noun)
    return render_template(
        "layouts/index.html", groups=groups, arranged={row.noun for row in arranged}
    )


@pages.get("/<name>")
@needs(RIGHT)
def show(name: str) -> str:
    """The fields of one form, with what was changed."""
    return _page(name, request.args.get("role", "")[:60], None, {})


@pages.post("/<name>")
@needs(RIGHT)
def save(name: str) -> ResponseReturnValue:
    """Keep it, or reset it to how the module made it."""
    house, role = current_app.extensions["dougong"].house, request.form.get("role", "")[:60]
    noun = _noun(name)
    rules = {} if "reset" in request.form else {f: _typed(f) for f in arrangeable(noun)}
    try:
        house.run(g.actor, lambda uow: arrange(uow, name, role, rules))
    except Invalid as refusal:
        return _page(name, role, rules, refusal.errors), 422
    return redirect(f"/core/forms/{name}?role={role}&saved=1", 303)


def _noun(name: str) -> Any:
    noun = current_app.extensions["dougong"].nouns.get(name)
    if noun is None or noun.rights.only_read:
        raise NotFound(_("form"), name)
    return noun


def _typed(name: str) -> Rule:
    form = request.form

    def words(what: str) -> str:
        return form.get(f"{name}.{what}", "").replace("\x00", "").strip()[: LONGEST + 1]

    place = form.get(f"{name}.place", "").strip()
    return Rule(
        hidden=f"{name}.hidden" in form,
        place=int(place[:4]) if place.isascii() and place.isdecimal() else 0,
        label=words("label"),
        label_zh=words("label_zh"),
        needed=f"{name}.needed" in form,
        default=words("default"),
    )


def _page(name: str, role: str, typed: dict[str, Rule] | None, errors: Any) -> str:
    noun = _noun(name)
    with current_app.extensions["dougong"].house.read(g.actor) as session:
        row = session.scalars(
            select(FormLayout).where(FormLayout.noun == name, FormLayout.role == role)
        ).first()
        roles = session.execute(select(Role.name, Role.label).order_by(Role.label)).all()
    kept = {f: Rule(**rule) for f, rule in (row.rules if row else {}).items()}
    return render_template(
        "layouts/form.html",
        noun=noun,
        role=role,
        roles=roles,
        names=arrangeable(noun),
        rules=typed if typed is not None else kept,
        nothing=Rule(),
        errors=errors,
        arranged=row is not None,
        saved="saved" in request.args,
    )
