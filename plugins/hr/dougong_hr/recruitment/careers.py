"""The careers pages: each company's published openings, open to everyone, and a form to apply."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import Actor, DougongError
from dougong.companies.models import Company
from dougong.people.sessions.throttle import count_attempt
from dougong.web.calls import the_house
from dougong.web.rights import public
from dougong_hr.recruitment.models import Opening
from dougong_hr.recruitment.service import Application, apply_online

#: One application with its letter is far smaller.
MOST_BYTES = 64 * 1024
FIELDS = ("name", "email", "phone", "letter")


def visitor(companies: tuple[int, ...] = (1,)) -> Actor:
    """On whose behalf a stranger reads published openings and leaves an application: nothing else."""
    return Actor(None, "careers", frozenset(), companies, companies[0])


def add_careers(pages: Blueprint) -> None:
    """Put the careers pages among the plugin's own."""
    pages.get("/careers")(everywhere)
    pages.get("/careers/<code>")(careers)
    pages.get("/careers/<code>/<int:key>")(opening)
    pages.post("/careers/<code>/<int:key>")(apply)


@public
def everywhere() -> str:
    """Every company that looks for somebody."""
    with the_house().read(visitor()) as session:
        companies = session.scalars(
            select(Company).where(Company.active).order_by(Company.name)
        ).all()
    with the_house().read(visitor(tuple(c.id for c in companies) or (1,))) as session:
        openings = _published(session)
        found = [(c, [o for o in openings if o.company_id == c.id]) for c in companies]
        return render_template("hr/careers.html", found=[pair for pair in found if pair[1]])


@public
def careers(code: str) -> str:
    """One company's openings."""
    company = _company(code)
    with the_house().read(visitor((company.id,))) as session:
        return render_template("hr/careers.html", found=[(company, _published(session))])


@public
def opening(code: str, key: int) -> str:
    """One opening, and the form to apply."""
    return _page(_company(code), key)


@public
def apply(code: str, key: int) -> ResponseReturnValue:
    """Somebody applies; what people cannot see in the form, only machines fill in."""
    if (request.content_length or 0) > MOST_BYTES:
        abort(413)
    company = _company(code)
    said = {name: request.form.get(name, "") for name in FIELDS}
    if request.form.get("website"):
        return _page(company, key, done=True)
    consent = request.form.get("consent") == "1"
    who = visitor((company.id,))
    address = request.remote_addr or "nowhere"
    try:
        # Counted by itself, so that a refused application is counted too.
        the_house().run(who, lambda uow: count_attempt(uow, code=f"hr careers {address}"))
        application = Application(**said, consent=consent)
        the_house().run(who, lambda uow: apply_online(uow, key, application).id)
    except DougongError as refusal:
        return _page(company, key, refusal, said=said), refusal.status
    return _page(company, key, done=True)


def _company(code: str) -> Company:
    with the_house().read(visitor()) as session:
        found = session.scalars(
            select(Company).where(Company.code == code[:20], Company.active)
        ).one_or_none()
    if found is None:
        abort(404)
    return found


def _published(session: Session) -> list[Opening]:
    statement = select(Opening).where(Opening.state == "published").order_by(Opening.name)
    return list(session.scalars(statement))


def _page(
    company: Company,
    key: int,
    error: DougongError | None = None,
    done: bool = False,
    said: Mapping[str, str] = MappingProxyType({}),
) -> str:
    with the_house().read(visitor((company.id,))) as session:
        found = session.scalars(
            select(Opening).where(Opening.id == key, Opening.state == "published")
        ).one_or_none()
        if found is None:
            abort(404)
        return render_template(
            "hr/opening.html", company=company, opening=found, error=error, done=done, said=said
        )
