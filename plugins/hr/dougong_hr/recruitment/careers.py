"""The careers page: published openings, open to everyone, and a form to apply."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from dougong import Actor, DougongError
from dougong.web.calls import the_house
from dougong.web.rights import public
from dougong_hr.recruitment.models import Opening
from dougong_hr.recruitment.service import apply_online

#: On whose behalf a stranger reads published openings and leaves an application: nothing else.
VISITOR = Actor(None, "careers", frozenset(), (1,), 1)


def add_careers(pages: Blueprint) -> None:
    """Put the careers pages among the plugin's own."""
    pages.get("/careers")(careers)
    pages.get("/careers/<int:key>")(opening)
    pages.post("/careers/<int:key>")(apply)


@public
def careers() -> str:
    """Every published opening."""
    with the_house().read(VISITOR) as session:
        openings = session.scalars(
            select(Opening).where(Opening.state == "published").order_by(Opening.name)
        ).all()
        return render_template("hr/careers.html", openings=openings)


@public
def opening(key: int) -> str:
    """One opening, and the form to apply."""
    return _page(key)


@public
def apply(key: int) -> ResponseReturnValue:
    """Somebody applies; what people cannot see in the form, only machines fill in."""
    said = {name: request.form.get(name, "")[:4000] for name in ("name", "email", "letter")}
    if request.form.get("website"):
        return _page(key, done=True)
    try:
        the_house().run(VISITOR, lambda uow: apply_online(uow, key, **said).id)
    except DougongError as refusal:
        return _page(key, refusal, said=said), refusal.status
    return _page(key, done=True)


def _page(
    key: int,
    error: DougongError | None = None,
    done: bool = False,
    said: Mapping[str, str] = MappingProxyType({}),
) -> str:
    with the_house().read(VISITOR) as session:
        found = session.scalars(
            select(Opening).where(Opening.id == key, Opening.state == "published")
        ).one_or_none()
        if found is None:
            abort(404)
        return render_template("hr/opening.html", opening=found, error=error, done=done, said=said)
