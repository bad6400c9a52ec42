"""The number that people type beside their badge."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from werkzeug.security import check_password_hash, generate_password_hash

from dougong import DougongError, Refused, UnitOfWork, _
from dougong.people.sessions.throttle import count_attempt, forgive
from dougong_hr.employees.models import Employee

#: A PIN is short: guessing is stopped by counting, and reading the file by a slow hash.
METHOD = "scrypt:16384:8:1"
LENGTHS = range(4, 9)


class WrongPin(DougongError):
    """Not the number that belongs to this badge."""

    status = HTTPStatus.FORBIDDEN

    def __init__(self) -> None:
        super().__init__(_("The PIN does not belong to this badge."))


def set_pins(uow: UnitOfWork, ids: Sequence[int], pin: str = "") -> list[Employee]:
    """Give these people a PIN, or take it away with an empty one."""
    uow.require("hr.employee.write")
    if pin and not (pin.isascii() and pin.isdecimal() and len(pin) in LENGTHS):
        raise Refused(_("A PIN has 4 to 8 digits."))
    employees = uow.load(Employee, ids)
    for employee in employees:
        employee.pin = generate_password_hash(pin, METHOD) if pin else None
    return employees


def count_try(uow: UnitOfWork, badge: str) -> None:
    """Count a try of a badge; raises `TooManyAttempts` while one must wait."""
    count_attempt(uow, code=_key(badge))


def prove(uow: UnitOfWork, employee: Employee, pin: str) -> None:
    """Go on only with the right PIN; who has none needs none. Raises `WrongPin`."""
    if employee.pin is None:
        return
    if not check_password_hash(employee.pin, pin):
        raise WrongPin
    forgive(uow, code=_key(employee.badge or ""))


def _key(badge: str) -> str:
    return f"hr badge {badge}"
