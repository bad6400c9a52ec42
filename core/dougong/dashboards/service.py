"""Make dashboards, put cards on them, arrange and share them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from dougong.dashboards.boards import Board, as_values
from dougong.dashboards.models import (
    EVERYBODY,
    NARROWEST,
    PRIVATE,
    ROLES,
    SHARINGS,
    WIDEST,
    Card,
    Dashboard,
    Share,
)
from dougong.dashboards.queries import SHARE, board_for, changeable, owned_by, roles, row_of
from dougong.errors import Forbidden, Invalid, NotFound, Refused, Stale
from dougong.i18n import Text, _
from dougong.unit_of_work import UnitOfWork

#: Letters of a name; dashboards of one person; cards of one dashboard.
LONGEST, MOST, MOST_CARDS = 80, 40, 30
#: Columns that a new card takes, by how it is shown.
WIDTHS = {"number": 3, "chart": 6, "rows": 6}


@dataclass(frozen=True)
class Placed:
    """A card in an arrangement: which, how wide, how it is called, where it is marked."""

    key: str
    width: int
    title: str
    alert: str = ""
    threshold: Decimal | None = None


def make_dashboard(uow: UnitOfWork, name: str) -> Dashboard:
    """A new one for oneself, without cards. Raises `Invalid` for a name that is none."""
    name = sound(name)
    count = uow.session.scalar(
        select(func.count(Dashboard.id)).where(
            Dashboard.company_id == uow.company_id, owned_by(uow.actor)
        )
    )
    if (count or 0) >= MOST:
        raise Refused(
            _("You have %(most)s dashboards already; drop one you no longer need.", most=MOST)
        )
    board = Dashboard(name=name, owner_id=uow.actor.user_id, sharing=PRIVATE)
    uow.add(board)
    return board


def add_card(uow: UnitOfWork, dashboard_id: int, values: Mapping[str, Any]) -> Card:
    """Put a card at the end of a dashboard that the actor may change.

    ``values`` are a card's own: kind, title, source, target, query, measure. Whoever calls has
    made sure that the source is there and can be asked so.
    """
    if dashboard_id not in [id for id, _name in changeable(uow.session, uow.actor)]:
        raise NotFound(_("dashboard"), dashboard_id)
    board = uow.get(Dashboard, dashboard_id, Dashboard.cards)
    if len(board.cards) >= MOST_CARDS:
        raise Refused(_("A dashboard has at most %(most)s cards.", most=MOST_CARDS))
    last = max((card.position for card in board.cards), default=-1)
    card = Card(
        dashboard_id=board.id, position=last + 1, width=WIDTHS[values["kind"]],
        **{**values, "title": sound(values["title"])},
    )  # fmt: skip
    uow.add(card)
    uow.touch(board)
    return card


def arrange(
    uow: UnitOfWork, runtime: Any, key: str, version: int, name: str, cards: Sequence[Placed]
) -> Dashboard:
    """Order, widths and names as given; a card that is not among them goes.

    A module's own dashboard is kept in the company from then on as it was arranged. Raises `Stale`
    when somebody was faster, `Invalid` by ``<card>.width``, `NotFound` for a card of another one.
    """
    board, row = _own_row(uow, runtime, key, version)
    keys = [card.key for card in board.cards]
    if strangers := [placed.key for placed in cards if placed.key not in keys]:
        raise NotFound(_("card"), strangers[0][:80])
    _check(cards)
    name = " ".join(name.split())
    if row.shipped and name == board.title and not row.name:
        name = ""
    row.name = name if row.shipped and not name else sound(name)
    stored = dict(zip(keys, sorted(row.cards, key=lambda c: (c.position, c.id)), strict=True))
    for position, placed in enumerate(cards):
        card = stored.pop(placed.key)
        card.position, card.width = position, placed.width
        card.alert, card.threshold = placed.alert, placed.threshold
        card.title = " ".join(placed.title.split())
    uow.remove(*stored.values())
    uow.touch(row)
    return row


def share(
    uow: UnitOfWork, runtime: Any, key: str, version: int, sharing: str, names: Sequence[str]
) -> None:
    """Say for whom a dashboard is: for oneself, for holders of roles, or for everybody."""
    uow.require(SHARE)
    if sharing not in SHARINGS or (sharing == ROLES and not names):
        raise Invalid({"sharing": _("Choose at least one role, everybody, or only yourself.")})
    known = {name for name, _label in roles(uow.session)}
    for name in names:
        if name not in known:
            raise NotFound(_("role"), name[:60])
    board, row = _own_row(uow, runtime, key, version)
    if board.shipped and sharing == PRIVATE:
        raise Refused(_("What a module ships is for others, too. Make a copy for yourself."))
    wanted = set(names) if sharing == ROLES else set()
    row.sharing = sharing
    uow.remove(*(one for one in row.shares if one.role not in wanted))
    there = {one.role for one in row.shares}
    uow.add(*(Share(dashboard_id=row.id, role=role) for role in sorted(wanted - there)))
    uow.touch(row)


def copy(uow: UnitOfWork, runtime: Any, key: str, name: str) -> Dashboard:
    """A dashboard of one's own with the cards of another one that one sees."""
    board = board_for(uow.session, runtime, uow.actor, key)
    own = make_dashboard(uow, name)
    _put(uow, own, board)
    return own


def drop(uow: UnitOfWork, runtime: Any, key: str) -> None:
    """Drop a dashboard; a module's own is as the module ships it again."""
    board = board_for(uow.session, runtime, uow.actor, key)
    _may_change(uow, board)
    row = row_of(uow.session, uow.actor, key)
    if row is not None:
        uow.remove(*row.cards, *row.shares, row)


def sound(name: str) -> str:
    """A name without needless spaces; raises `Invalid` for what is none."""
    name = " ".join(name.split())
    if not name or len(name) > LONGEST or not name.isprintable():
        raise Invalid({"name": _("A name has 1 to %(most)s letters.", most=LONGEST)})
    return name


def _may_change(uow: UnitOfWork, board: Board) -> None:
    if not board.may_change:
        raise Forbidden(SHARE)


def _own_row(uow: UnitOfWork, runtime: Any, key: str, version: int) -> tuple[Board, Dashboard]:
    """The dashboard as it was seen, and its row; made now where a module's is changed first."""
    board = board_for(uow.session, runtime, uow.actor, key)
    _may_change(uow, board)
    if board.version != version:
        raise Stale(board.title, told=True)
    row = row_of(uow.session, uow.actor, key)
    if row is not None:
        return board, row
    row = Dashboard(name="", owner_id=None, sharing=EVERYBODY, shipped=board.shipped)
    uow.add(row)
    _put(uow, row, board)
    uow.flush()
    found = row_of(uow.session, uow.actor, key)
    if found is None:
        raise NotFound(_("dashboard"), key)
    return board, found


def _put(uow: UnitOfWork, row: Dashboard, board: Board) -> None:
    uow.add(
        *(
            Card(dashboard_id=row.id, position=at, **as_values(card))
            for at, card in enumerate(board.cards)
        )
    )


def _check(cards: Sequence[Placed]) -> None:
    errors: dict[str, Text | str] = {}
    for card in cards:
        if not NARROWEST <= card.width <= WIDEST:
            errors[f"{card.key}.width"] = _("A card is 2 to 12 columns wide.")
        if len(card.title) > LONGEST or not card.title.isprintable():
            errors[f"{card.key}.title"] = _("A name has 1 to %(most)s letters.", most=LONGEST)
        if bool(card.alert) != (card.threshold is not None):
            errors[f"{card.key}.threshold"] = _(
                "A limit is marked when it is passed above or below."
            )
    if errors:
        raise Invalid(errors)
