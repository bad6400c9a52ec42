"""People from outside: what a signed link leads to, the brake on guessing, and their own way home."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from flask import abort, current_app, g, request
from werkzeug.exceptions import NotFound as NoSuchPage

from dougong.actors import Actor
from dougong.mail import unsign
from dougong.people.sessions.throttle import count_attempt, forgive
from dougong.web.calls import the_house

if TYPE_CHECKING:
    from flask import Flask

    from dougong.unit_of_work import UnitOfWork

T = TypeVar("T")

#: What somebody writes from outside is far smaller.
MOST_BYTES = 256 * 1024
_HOME = "guest_home"


def keep_home(app: Flask, path: str) -> None:
    """Guests who log in, and those whose page is not there, are led to this page."""
    app.extensions[_HOME] = path


def home_of_guests() -> str:
    """The page at which people from outside begin; their account where no plugin has one."""
    path: str = current_app.extensions.get(_HOME, "/account")
    return path


def is_outside() -> bool:
    """Whether whoever asks is none of the people of the house: nobody known, or a guest."""
    actor = g.get("actor")
    return actor is None or actor.guest


def follow(purpose: str, token: str, find: Callable[[UnitOfWork, Any], T | None]) -> T:
    """What a signed link leads to: ``find`` reads it from what was signed.

    404 for a link that this house did not sign or that ``find`` knows nothing of (None), and a
    wait (429) for whoever tries many. ``find`` acts as the house and is not narrowed to a company.
    """
    house = the_house()
    with house.look(Actor.system()) as uow:
        said = unsign(uow, purpose, token)
        found = None if said is None else find(uow, said)
    if found is not None:
        return found
    stranger = f"{purpose} {request.remote_addr or 'nowhere'}"
    house.run(Actor.system(), lambda uow: count_attempt(uow, address=stranger))
    raise NoSuchPage


def count_answer(actor: Actor, what: str) -> None:
    """Count what is sent from behind a link, by itself, so that a refused answer counts too.

    Raises `TooManyAttempts`; 413 for what is larger than anybody writes by hand.
    """
    if (request.content_length or 0) > MOST_BYTES:
        abort(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    the_house().run(actor, lambda uow: count_attempt(uow, address=what))


def uncount(actor: Actor, what: str) -> None:
    """What was counted has been accepted: it does not make anybody wait."""
    the_house().run(actor, lambda uow: forgive(uow, address=what))
