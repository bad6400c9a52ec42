"""The pages of the number series, and the same for programs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, Flask, Response, current_app, g, jsonify, redirect, render_template
from flask import request as asked
from flask.typing import ResponseReturnValue

from dougong import clock
from dougong.companies.models import Company
from dougong.errors import Invalid, Refused
from dougong.i18n import Text, _, listed
from dougong.keys import whole
from dougong.series import queries
from dougong.series.holes import Hole, borne, holes, ranges
from dougong.series.patterns import Pattern
from dougong.series.queries import Standing
from dougong.series.service import (
    PLACES,
    RESTARTS,
    RIGHT,
    Wish,
    change_pattern,
    leave_out,
    look_ahead,
    wish_from,
)
from dougong.unit_of_work import Answer, UnitOfWork
from dougong.web.bodies import Body, Day, Whole, takes
from dougong.web.calls import act_once, the_house, to_answer
from dougong.web.rights import needs

pages = Blueprint("series", __name__)
READ = "core.series.read"
Errors = Mapping[str, Text | str]


class NewPattern(Body):
    """How numbers look from a day on; what is not said stays as it is."""

    text: str = ""
    digits: Whole = 0
    restart: str = ""
    from_on: Day | None = None


def open_room(app: Flask) -> None:
    """Hang the pages up."""
    app.register_blueprint(pages)


@pages.get("/core/series")
@needs(READ)
def index() -> str:
    """Every series of the company with its next number."""
    house = the_house()
    with house.read(g.actor) as session:
        found = queries.standings(session, house.series, [g.actor.company_id], _today())
        company = session.get(Company, g.actor.company_id)
    owners = current_app.extensions["dougong"].wiring.owners
    menus = current_app.extensions["dougong"].wiring.menus
    headings = {m.key: m.label for m in menus if not m.parent}

    def owner(one: Standing) -> str:
        return str(owners.get(("sequences", one.series.kind), ""))

    groups = [(headings.get(name, name), list(those)) for name, those in groupby(found, key=owner)]
    return render_template("core/series.html", groups=groups, company=company, restarts=RESTARTS)


@pages.get("/core/series/<kind>")
@needs(READ)
def show(kind: str) -> str:
    """One series: how it reads, where it stands, what is missing, what was chosen before."""
    return _page(kind, {}, {})


@pages.post("/core/series/<kind>/preview")
@needs(RIGHT)
def preview(kind: str) -> ResponseReturnValue:
    """The next three numbers as they would read."""
    numbers, errors = _ahead(kind)
    told = render_template("core/_series_ahead.html", ahead=numbers, errors=errors)
    return told, 422 if errors else 200


@pages.post("/core/series/<kind>/pattern")
@needs(RIGHT)
def change(kind: str) -> ResponseReturnValue:
    """Let documents be numbered so from a day on; or only show how that would read."""
    if "look" in asked.form:
        numbers, errors = _ahead(kind)
        return _page(kind, errors, asked.form, numbers), 422 if errors else 200
    try:
        wish = _typed()
        the_house().run(g.actor, lambda uow: change_pattern(uow, kind, wish))
    except Invalid as refusal:
        return _page(kind, refusal.errors, asked.form), 422
    return redirect(f"/core/series/{kind}?saved=pattern", 303)


@pages.post("/core/series/<kind>/next")
@needs(RIGHT)
def skip(kind: str) -> ResponseReturnValue:
    """Go on with a later number."""
    number = whole(asked.form.get("number", "").strip()) or 0
    reason = asked.form.get("reason", "")
    try:
        the_house().run(g.actor, lambda uow: leave_out(uow, kind, number, reason))
    except Invalid as refusal:
        return _page(kind, refusal.errors, asked.form), 422
    except Refused as refusal:
        return _page(kind, {"number": refusal.sentence}, asked.form), refusal.status
    return redirect(f"/core/series/{kind}?saved=next", 303)


@pages.get("/api/v1/core/series")
@needs(READ)
def api_list() -> Response:
    """Every series of the actor's company."""
    house = the_house()
    with house.read(g.actor) as session:
        found = queries.standings(session, house.series, [g.actor.company_id], _today())
    return jsonify(items=[_described(one) for one in found])


@pages.put("/api/v1/core/series/<kind>")
@needs(RIGHT)
@takes(NewPattern)
def api_change(kind: str, body: NewPattern) -> Response:
    """``{"text": "SO-{year}-{number}", "digits": 5, "restart": "year", "from_on": "2027-01-01"}``."""
    with the_house().read(g.actor) as session:
        here = queries.standing(session, the_house().series, (g.actor.company_id, kind), _today())
    now = here.pattern
    said: dict[str, Any] = {"text": now.text, "digits": now.digits, "restart": now.restart}
    said |= body.said
    said["from_on"] = said.get("from_on") or _today()
    wish = wish_from(**said)

    def act(uow: UnitOfWork) -> Answer:
        change_pattern(uow, kind, wish)
        uow.flush()
        place = uow.company_id, kind
        told = queries.standing(uow.session, uow.house.series, place, uow.today)
        return to_answer(_described(told))

    return act_once(act)


def _page(kind: str, errors: Errors, typed: Mapping[str, str], ahead: Any = ()) -> str:
    house, company, today = the_house(), g.actor.company_id, _today()
    with house.read(g.actor) as session:
        here = queries.standing(session, house.series, (company, kind), today)
        companies = [queries.standing(session, house.series, (c, kind), today)
                     for c in g.actor.companies if c != company]  # fmt: skip
        names = {c.id: c.name for c in session.query(Company).all()} if companies else {}
        found = _holes(session, house, here)
        chosen = queries.history(session, company, kind)
        left_out = queries.gaps(session, company, kind)
    shown = here.planned[-1] if here.planned else (today, here.pattern)
    return render_template(
        "core/series_one.html",
        here=here,
        others=[(names.get(one.company, one.company), one) for one in companies],
        holes=found,
        chosen=chosen,
        left_out=left_out,
        shipped=Pattern.shipped(here.series),
        wanted={
            "text": shown[1].text, "digits": shown[1].digits, "restart": shown[1].restart,
            "from_on": today.isoformat(), "number": "", "reason": "", **typed,
        },
        errors=errors,
        ahead=ahead,
        saved=asked.args.get("saved", ""),
        places=PLACES,
        restarts=RESTARTS,
        period=_period,
        may_change=g.actor.may(RIGHT),
    )  # fmt: skip


def _holes(session: Any, house: Any, here: Standing) -> list[tuple[Hole, str]]:
    """What is missing in this company, in words."""
    kind = here.series.kind
    numbers = borne(session, here.bearer, here.company) if here.bearer else ()
    return [
        (hole, listed(f"{a}–{b}" if a != b else str(a) for a, b in ranges(hole.missing)))
        for hole in holes(session, house.series, kind, numbers)
        if hole.company == here.company
    ]


def _ahead(kind: str) -> tuple[list[str], Errors]:
    try:
        wish = _typed()
        with the_house().look(g.actor) as uow:
            return look_ahead(uow, kind, wish), {}
    except Invalid as refusal:
        return [], refusal.errors


def _typed() -> Wish:
    """The wish on the form; a day or a width that is none is refused here."""
    form, errors = asked.form, dict[str, Text | str]()
    try:
        day = dt.date.fromisoformat(form.get("from_on", "").strip() or _today().isoformat())
    except ValueError:
        errors["from_on"], day = _not_a_day(form.get("from_on", "")), _today()
    digits = whole(form.get("digits", "").strip())
    wish = wish_from(
        form.get("text", "").strip(),
        digits if digits is not None else 0,
        form.get("restart", ""),
        day,
    )
    if errors:
        raise Invalid(errors)
    return wish


def _not_a_day(text: str) -> Text:
    return _("This is not a date: %(text)s.", text=text[:20])


def _today() -> dt.date:
    return clock.now().astimezone(ZoneInfo(g.actor.timezone)).date()


def _period(period: int) -> str:
    """2026, 2026-03, or all the time."""
    if not period:
        return str(_("all the time"))
    return f"{period // 100}-{period % 100:02d}" if period > 9999 else str(period)


def _described(one: Standing) -> dict[str, Any]:
    return {
        "kind": one.series.kind,
        "label": str(one.series.label),
        "text": one.pattern.text,
        "digits": one.pattern.digits,
        "restart": one.pattern.restart,
        "last": one.last,
        "next": one.next,
        "planned": [{"from_on": day.isoformat(), "text": p.text} for day, p in one.planned],
    }
