"""The way in: a name and a password, then a code where there is a second factor.

Passwords are looked at between two short units of work, so that nobody waits for the arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from dougong.actors import Actor
from dougong.errors import DougongError, Invalid
from dougong.i18n import _
from dougong.logger import structlog
from dougong.people.secrets import Sealer
from dougong.people.sessions.codes import take_code
from dougong.people.sessions.models import LogIn
from dougong.people.sessions.service import LONGEST, idle_time, open_log_in, renew_log_in
from dougong.people.sessions.throttle import count_attempt, forgive
from dougong.people.users import passwords
from dougong.people.users.models import User
from dougong.people.users.queries import find_user
from dougong.unit_of_work import House, UnitOfWork

log = structlog.get_logger()

DOOR = Actor.system(name="log-in")


class WrongLogIn(DougongError):
    """The name, the password, or both: nobody is told which."""

    status = HTTPStatus.UNAUTHORIZED

    def __init__(self) -> None:
        super().__init__(_("Name or password is wrong."))


class WrongCode(DougongError):
    """Not the code of this minute, or one that was used."""

    status = HTTPStatus.UNAUTHORIZED

    def __init__(self) -> None:
        super().__init__(_("This code is wrong or was used already. Wait for the next one."))


@dataclass(frozen=True)
class Entered:
    """The key for the browser, and whether a code is still to come."""

    key: str
    complete: bool


def enter(house: House, login: str, password: str, *, address: str, agent: str) -> Entered:
    """Log somebody in; raises `WrongLogIn` or `TooManyAttempts`."""
    house.run(DOOR, lambda uow: count_attempt(uow, name=login, address=address))
    with house.read(DOOR) as session:
        user = find_user(session, login)
    right = passwords.matches(user.password if user else None, password)
    if user is None or not right or not user.active:
        log.warning("log-in failed", user=user.id if user else None, address=address)
        raise WrongLogIn
    user_id = user.id

    def let_in(uow: UnitOfWork) -> Entered:
        known = uow.get(User, user_id, lock=True)
        if not known.active or known.password != user.password:
            raise WrongLogIn
        forgive(uow, name=login, address=address)
        if passwords.outdated(known.password or ""):
            known.password = passwords.hash_of(password)
        complete = not known.has_totp
        _row, key = open_log_in(uow, known, address=address, agent=agent, complete=complete)
        return Entered(key, complete)

    entered = house.run(DOOR, let_in)
    log.info("log-in", user=user_id, address=address, complete=entered.complete)
    return entered


def enter_code(house: House, log_in_id: int, user_id: int, code: str, sealer: Sealer) -> str:
    """The second half of a log-in; returns a new key. Raises `WrongCode` or `TooManyAttempts`."""
    house.run(DOOR, lambda uow: count_attempt(uow, code=str(user_id)))

    def let_in(uow: UnitOfWork) -> str:
        user = uow.get(User, user_id, lock=True)
        if not user.active or not take_code(uow, user, sealer, code):
            raise WrongCode
        forgive(uow, code=str(user_id))
        row = uow.get(LogIn, log_in_id)
        row.complete, row.idle_seconds = True, int(idle_time(uow).total_seconds())
        row.ends_at = uow.now + LONGEST
        return renew_log_in(uow, log_in_id)

    try:
        return house.run(DOOR, let_in)
    except WrongCode:
        log.warning("code failed", user=user_id)
        raise


def prove(house: House, user_id: int, password: str) -> None:
    """Somebody who is logged in types their password again, before what matters."""
    house.run(DOOR, lambda uow: count_attempt(uow, name=f"#{user_id}"))
    with house.read(DOOR) as session:
        user = session.get(User, user_id)
    if user is None or not passwords.matches(user.password, password):
        log.warning("proof failed", user=user_id)
        raise Invalid({"password": _("This is not your present password.")})
    house.run(DOOR, lambda uow: forgive(uow, name=f"#{user_id}"))


def prove_log_in(
    house: House, log_in_id: int, user_id: int, password: str, code: str, sealer: Sealer
) -> None:
    """Type the password again, and the code where there is a second factor: the log-in is fresh.

    Raises `Invalid` under the field that is wrong, or `TooManyAttempts`.
    """
    prove(house, user_id, password)
    house.run(DOOR, lambda uow: count_attempt(uow, code=str(user_id)))

    def freshen(uow: UnitOfWork) -> None:
        user = uow.get(User, user_id, lock=True)
        if user.has_totp and not take_code(uow, user, sealer, code):
            raise Invalid({"code": WrongCode().sentence})
        forgive(uow, code=str(user_id))
        uow.get(LogIn, log_in_id).proven_at = uow.now

    house.run(DOOR, freshen)
