"""What must be true of the basics; read only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import Check, _
from dougong_base.parties.checks import iban_problem
from dougong_base.parties.models import BankAccount, Party
from dougong_base.products.models import Category
from dougong_base.units.counted import finer_than


def circles(session: Session) -> Iterable[str]:
    """Trees of parties and categories lead upward to an end."""
    for model in (Party, Category):
        yield from _circles(session, model)


def _circles(session: Session, model: type[Any]) -> Iterable[str]:
    above = {row.id: row.parent_id for row in session.execute(select(model.id, model.parent_id))}
    for key in above:
        seen, here = set(), above[key]
        while here is not None and here not in seen:
            if here == key:
                yield str(
                    _("%(table)s %(id)s stands above itself.", table=model.__tablename__, id=key)
                )
                break
            seen.add(here)
            here = above.get(here)


def ibans(session: Session) -> Iterable[str]:
    """Account numbers that look like an IBAN are one."""
    for party, number in session.execute(select(BankAccount.party_id, BankAccount.number)):
        if iban_problem(number):
            yield str(_("A bank account of party %(id)s is mistyped.", id=party))


def fine(session: Session) -> Iterable[str]:
    """No quantity has more decimal places than its unit."""
    for found in finer_than(session.connection(), None):
        yield str(
            _(
                "%(table)s: a quantity of %(product)s is %(quantity)s, finer than its unit is counted.",
                table=found.table,
                product=found.product,
                quantity=f"{found.quantity.normalize():f}",
            )
        )


CHECKS = [
    Check("base.trees", _("Parties and categories have no circles"), circles),
    Check("base.ibans", _("Account numbers are well formed"), ibans),
    Check("base.digits", _("Quantities are no finer than their unit is counted"), fine),
]
