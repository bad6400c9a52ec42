"""Put the first steps of a department away, and take them out again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from dougong.errors import Refused
from dougong.first_steps.models import StepsAway
from dougong.i18n import _

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork


def put_away(uow: UnitOfWork, module: str) -> None:
    """Do not show these to me any more; twice is as good as once."""
    if not uow.actor.user_id:
        raise Refused(_("Only a person can put something away."))
    if _row(uow, module) is None:
        uow.add(StepsAway(user_id=uow.actor.user_id, module=module))


def take_out(uow: UnitOfWork, module: str) -> None:
    """Show them to me again."""
    row = _row(uow, module)
    if row is not None:
        uow.remove(row)


def _row(uow: UnitOfWork, module: str) -> StepsAway | None:
    return uow.session.scalar(
        select(StepsAway).where(
            StepsAway.user_id == uow.actor.user_id,
            StepsAway.company_id == uow.company_id,
            StepsAway.module == module,
        )
    )
