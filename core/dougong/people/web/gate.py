"""Who acts in a request: a browser with a log-in, or a program with a token. One statement, no more."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import DBAPIError

from dougong import clock
from dougong.actors import Actor
from dougong.errors import DougongError, Forbidden, NotFound
from dougong.i18n import _
from dougong.logger import structlog
from dougong.people.actors import NoCompany, actor_for
from dougong.people.sessions.entrance import DOOR
from dougong.people.sessions.queries import Errand, Visit, errand_of, visit_of
from dougong.people.sessions.service import note_visit
from dougong.people.tokens.service import MARK, note_use
from dougong.people.web import cookies, csrf
from dougong.people.web.seeing import look_through

log = structlog.get_logger()

#: A visit is noted when the last note is older than this: a write in five minutes, not in each click.
NOTED = dt.timedelta(minutes=5)
#: Where nobody needs to be anybody.
OPEN = ("/static/", "/healthz", "/readyz", "/favicon.ico")
#: What is left to somebody who must change their password, or belongs to no company.
DOORS = frozenset({"people.enter", "people.enter_code"})
ALWAYS = DOORS | {"people.logout", "people.login", "people.code"}
MOST_ACTORS = 2000


class BadToken(DougongError):
    """The token is unknown, expired, revoked, or its owner is."""

    status = HTTPStatus.UNAUTHORIZED

    def __init__(self) -> None:
        super().__init__(_("This token opens nothing: it is wrong, expired or revoked."))


class Actors:
    """The actors of this process, as long as nobody's rights change."""

    def __init__(self) -> None:
        self.generation: int | None = None
        self.known: dict[Any, Actor] = {}

    def find(self, key: Any, generation: int | None) -> Actor | None:
        """An actor that was built under the same rights."""
        if generation is None or generation != self.generation or len(self.known) > MOST_ACTORS:
            self.known, self.generation = {}, generation
        return self.known.get(key)


def watch(app: Flask) -> None:
    """Ask before each request who is there."""
    app.extensions["actors"] = Actors()
    app.before_request(_enter)
    app.after_request(_name_the_scheme)


def _enter() -> ResponseReturnValue | None:
    g.visit = None
    if request.path.startswith(OPEN):
        return None
    if g.get("actor") is not None:
        return None  # a test has said who acts
    given = request.headers.get("Authorization", "")
    if request.path.startswith("/api/") and given:
        g.actor = _errand(given)
        return None
    key = cookies.read(cookies.KEY)
    visit = g.visit = _visit(key) if key else None
    writes = request.method not in csrf.SAFE
    if writes and (visit is not None or request.endpoint in DOORS):
        csrf.check()
    if visit is None or not visit.complete:
        return None
    return _welcome(visit)


def _welcome(visit: Visit) -> ResponseReturnValue | None:
    try:
        actor = _actor(visit.user_id, visit.company_id, visit.generation)
    except NoCompany:
        if request.endpoint in ALWAYS:
            return None
        raise
    if visit.must_change and request.endpoint not in ALWAYS | {
        "account.password",
        "account.change_password",
    }:
        if request.path.startswith("/api/"):
            raise Forbidden("core.account.password")
        g.actor = actor
        return redirect(url_for("account.password"), 303)
    g.actor = look_through(visit, actor)
    return None


def _visit(key: str) -> Visit | None:
    house = current_app.extensions["dougong"].house
    with house.engine.connect().execution_options(reading=True) as connection:
        visit = visit_of(connection, key, clock.now())
    if visit is not None and clock.now() - visit.seen_at > NOTED:
        _by_the_way(lambda uow: note_visit(uow, visit.id))
    return visit


def _errand(given: str) -> Actor:
    scheme, _space, key = given.partition(" ")
    if scheme.lower() != "bearer" or not key.startswith(MARK):
        raise BadToken
    house = current_app.extensions["dougong"].house
    with house.engine.connect().execution_options(reading=True) as connection:
        errand: Errand | None = errand_of(connection, key.strip(), clock.now())
    if errand is None:
        raise BadToken
    if errand.used_at is None or clock.now() - errand.used_at > NOTED:
        _by_the_way(lambda uow: note_use(uow, errand.id))
    try:
        return _actor(errand.user_id, errand.company_id, errand.generation, tuple(errand.scopes))
    except (NotFound, NoCompany):
        raise BadToken from None


def _actor(
    user_id: int,
    company_id: int | None,
    generation: int | None,
    scopes: tuple[str, ...] | None = None,
) -> Actor:
    actors: Actors = current_app.extensions["actors"]
    actor = actors.find((user_id, company_id, scopes), generation)
    if actor is None:
        actor = actors.known[user_id, company_id, scopes] = _built(user_id, company_id, scopes)
    return replace(actor, request_id=g.get("request_id", ""))


def _built(user_id: int, company_id: int | None, scopes: tuple[str, ...] | None) -> Actor:
    runtime = current_app.extensions["dougong"]
    with runtime.house.read(DOOR) as session:
        try:
            return actor_for(session, user_id, company_id, wiring=runtime.wiring, scopes=scopes)
        except NotFound:
            if scopes is not None or company_id is None:
                raise
            # The company they worked in last is not theirs any more.
            return actor_for(session, user_id, wiring=runtime.wiring)


def _by_the_way(act: Any) -> None:
    """Note something that no request should fail for."""
    try:
        current_app.extensions["dougong"].house.run(DOOR, act)
    except (DBAPIError, DougongError) as error:
        log.info("not noted", reason=str(error))


def _name_the_scheme(answer: Response) -> Response:
    if answer.status_code == HTTPStatus.UNAUTHORIZED and request.path.startswith("/api/"):
        answer.headers.setdefault("WWW-Authenticate", 'Bearer realm="dougong"')
    return answer
