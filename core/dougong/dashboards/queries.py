"""Which dashboards somebody sees, and with which they begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from dougong.dashboards.boards import Board, from_declared, from_row
from dougong.dashboards.models import EVERYBODY, PRIVATE, Beginning, Dashboard, Share
from dougong.dashboards.sources import why_not
from dougong.errors import NotFound
from dougong.i18n import _
from dougong.keys import whole
from dougong.people.roles.models import Role
from dougong.people.users.models import User
from dougong.unit_of_work.session import SCOPED

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.plugin import Dashboard as Declared

#: Who may share dashboards, change shared ones and say with which a role begins.
SHARE = "core.dashboard.share"
#: All widgets one may see, where no dashboard is meant for a person.
OVERVIEW = "overview"


def held(actor: Actor) -> list[str]:
    """The roles that the actor holds here, by name; whoever may everything holds only their own."""
    return sorted(mark[1:] for mark in frozenset(actor.rights) if mark.startswith("@"))


def seen_by(actor: Actor) -> Any:
    """The condition that a dashboard is one that this person sees, in the company they work in."""
    shared = select(Share.dashboard_id).where(Share.role.in_(held(actor)))
    ways = [owned_by(actor), Dashboard.sharing == EVERYBODY, Dashboard.id.in_(shared)]
    if actor.may(SHARE):
        ways.append(Dashboard.sharing != PRIVATE)
    return (Dashboard.company_id == actor.company_id) & or_(*ways)


def owned_by(actor: Actor) -> Any:
    """The condition that a dashboard is one's own."""
    mine = Dashboard.owner_id.is_(None) if actor.user_id is None else (
        Dashboard.owner_id == actor.user_id
    )  # fmt: skip
    return mine & (Dashboard.shipped == "")


def boards_of(session: Session, runtime: Any, actor: Actor) -> list[Board]:
    """Every dashboard somebody sees: their own, those shared with them, those of the modules."""
    rows = session.scalars(_rows().where(seen_by(actor)).order_by(Dashboard.name, Dashboard.id))
    found = [_board(row, runtime, actor) for row in rows.all()]
    changed = {board.shipped for board in found}
    declared = sorted(runtime.wiring.dashboards.values(), key=lambda d: (d.order, d.name))
    found += [_declared(d, actor) for d in declared if d.name not in changed]
    there = [b for b in found if not b.shipped or _opens(runtime, actor, b)]
    order = {d.name: at for at, d in enumerate(declared)}
    names = owners_of(session, there)
    return [
        _named(board, names)
        for board in sorted(there, key=lambda b: (not b.mine, order.get(b.shipped, -1), b.title))
    ]


def board_for(session: Session, runtime: Any, actor: Actor, key: str) -> Board:
    """One dashboard; raises `NotFound` for others' and for what is not there."""
    row, declared = row_of(session, actor, key), runtime.wiring.dashboards.get(key)
    if row is not None:
        board = _board(row, runtime, actor)
    elif declared is not None:
        board = _declared(declared, actor)
    else:
        raise NotFound(_("dashboard"), key[:80])
    if board.shipped and not _opens(runtime, actor, board):
        raise NotFound(_("dashboard"), key[:80])
    return board


def workspaces(runtime: Any, actor: Actor) -> dict[str, str]:
    """The dashboard of each module that has one with a card for this person: module to its name."""
    found: dict[str, str] = {}
    for declared in sorted(runtime.wiring.dashboards.values(), key=lambda d: d.order):
        if _opens(runtime, actor, _declared(declared, actor)):
            found.setdefault(declared.name.partition(".")[0], declared.name)
    return found


def row_of(session: Session, actor: Actor, key: str) -> Dashboard | None:
    """The row behind a key, with its cards, where this person sees it."""
    id = whole(key)
    by = Dashboard.id == id if id is not None else Dashboard.shipped == key[:80]
    if id is None and "." not in key:
        return None
    return session.scalars(_rows().where(seen_by(actor), by)).first()


def beginning_of(session: Session, runtime: Any, actor: Actor) -> Board | None:
    """The dashboard on somebody's home page: their choice, then their role's, then everybody's.

    None where none is meant for them: they see the widgets that they may see.
    """
    mine = set(held(actor))
    rows = session.scalars(
        select(Beginning)
        .where(Beginning.company_id == actor.company_id)
        .where(
            (Beginning.user_id == (actor.user_id or 0))
            | (Beginning.user_id.is_(None) & Beginning.role.in_([*mine, ""]))
        )
        .order_by(Beginning.role)
    ).all()
    own = [_key(row) for row in rows if row.user_id is not None]
    roles = [_key(row) for row in rows if row.user_id is None and row.role]
    everybody = [_key(row) for row in rows if row.user_id is None and not row.role]
    declared = sorted(runtime.wiring.dashboards.values(), key=lambda d: (d.order, d.name))
    shipped = [d.name for d in declared if mine.intersection(d.roles)]
    for key in dict.fromkeys([*own, *roles, *shipped, *everybody]):
        if key == OVERVIEW:
            return None
        try:
            return board_for(session, runtime, actor, key)
        except NotFound:
            continue
    return None


def beginnings(session: Session, actor: Actor, key: str) -> tuple[list[str], bool]:
    """The roles that begin with a dashboard (an empty name is everybody), and whether I do."""
    id = whole(key)
    which = Beginning.dashboard_id == id if id is not None else Beginning.shipped == key
    rows = session.scalars(
        select(Beginning).where(Beginning.company_id == actor.company_id, which)
    ).all()
    return (
        [row.role for row in rows if row.user_id is None],
        any(row.user_id is not None and row.user_id == actor.user_id for row in rows),
    )


def roles(session: Session) -> list[tuple[str, str]]:
    """The roles there are, by label."""
    rows = session.execute(select(Role.name, Role.label).where(Role.active).order_by(Role.label))
    return [(name, label) for name, label in rows]


def changeable(session: Session, actor: Actor) -> list[tuple[int, str]]:
    """The dashboards that somebody may add cards to, their own first."""
    allowed = owned_by(actor)
    if actor.may(SHARE):
        allowed |= Dashboard.sharing != PRIVATE
    rows = session.execute(
        select(Dashboard.id, Dashboard.name, Dashboard.sharing)
        .where(Dashboard.company_id == actor.company_id, allowed, Dashboard.name != "")
        .order_by(Dashboard.sharing.desc(), Dashboard.name)
    )
    return [(id, name) for id, name, _sharing in rows]


def owners_of(session: Session, boards: Sequence[Board]) -> dict[str, str]:
    """What the people are called to whom dashboards belong, by their ids."""
    ids = [int(board.owner) for board in boards if board.owner and not board.mine]
    if not ids:
        return {}
    rows = session.execute(
        select(User.id, User.name).where(User.id.in_(ids)), execution_options={SCOPED: True}
    )
    return {str(id): name for id, name in rows}


def _rows() -> Any:
    return select(Dashboard).options(selectinload(Dashboard.cards), selectinload(Dashboard.shares))


def _key(row: Beginning) -> str:
    return row.shipped or str(row.dashboard_id)


def _board(row: Dashboard, runtime: Any, actor: Actor) -> Board:
    mine = not row.shipped and row.owner_id == actor.user_id
    declared = runtime.wiring.dashboards.get(row.shipped)
    title = row.name or (str(declared.label) if declared else row.shipped)
    return Board(
        key=row.shipped or str(row.id),
        title=title,
        cards=tuple(from_row(card) for card in row.cards),
        version=row.version,
        sharing=row.sharing,
        roles=tuple(sorted(share.role for share in row.shares)),
        owner=str(row.owner_id or ""),
        mine=mine,
        shipped=row.shipped,
        may_change=mine or (row.sharing != PRIVATE and actor.may(SHARE)),
        icon=declared.icon if declared else "layout-dashboard",
    )


def _declared(declared: Declared, actor: Actor) -> Board:
    return Board(
        key=declared.name,
        title=str(declared.label),
        cards=tuple(from_declared(declared, card) for card in declared.cards),
        sharing=EVERYBODY,
        shipped=declared.name,
        may_change=actor.may(SHARE),
        icon=declared.icon,
    )


def _named(board: Board, names: dict[str, str]) -> Board:
    return replace(board, owner="" if board.mine else names.get(board.owner, ""))


def _opens(runtime: Any, actor: Actor, board: Board) -> bool:
    """Whether a module's dashboard has a card for this person; one without any is for others."""
    return (board.changed and board.may_change) or any(
        why_not(runtime, actor, c.source, c.target) is None for c in board.cards
    )
