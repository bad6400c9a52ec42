"""With which dashboard a person, a role or everybody begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from dougong.dashboards.models import PRIVATE, Beginning
from dougong.dashboards.queries import OVERVIEW, SHARE, board_for, roles
from dougong.errors import NotFound, Refused
from dougong.i18n import _
from dougong.unit_of_work import UnitOfWork


def begin_with(uow: UnitOfWork, runtime: Any, key: str) -> None:
    """Show a dashboard on one's own home page; the same again leaves it to one's role."""
    user = uow.actor.user_id
    if user is None:
        raise Refused(_("Only people have a home page."))
    if key != OVERVIEW:
        key = board_for(uow.session, runtime, uow.actor, key).key
    row = uow.session.scalars(
        select(Beginning).where(Beginning.company_id == uow.company_id, Beginning.user_id == user)
    ).first()
    before = row and (row.shipped or str(row.dashboard_id))
    if row is not None:
        uow.remove(row)
        uow.flush()
    if before != key:
        uow.add(Beginning(user_id=user, **_which(key)))


def let_begin(uow: UnitOfWork, runtime: Any, key: str, names: Sequence[str]) -> None:
    """Let the holders of exactly these roles begin with a dashboard; an empty name is everybody.

    A role that began with another one begins with this one now.
    """
    uow.require(SHARE)
    board = board_for(uow.session, runtime, uow.actor, key)
    if board.sharing == PRIVATE and names:
        raise Refused(_("Share the dashboard first: nobody else can see it."))
    known = {"", *(name for name, _label in roles(uow.session))}
    for name in names:
        if name not in known:
            raise NotFound(_("role"), name[:60])
    rows = uow.session.scalars(
        select(Beginning).where(Beginning.company_id == uow.company_id, Beginning.user_id.is_(None))
    ).all()
    which = _which(board.key)
    mine = [r for r in rows if all(getattr(r, k) == v for k, v in which.items())]
    gone = [r for r in rows if r.role in names or r in mine]
    uow.remove(*gone)
    uow.flush()
    uow.add(*(Beginning(user_id=None, role=role, **which) for role in dict.fromkeys(names)))


def _which(key: str) -> dict[str, Any]:
    if key.isdecimal():
        return {"dashboard_id": int(key), "shipped": ""}
    return {"dashboard_id": None, "shipped": key}
