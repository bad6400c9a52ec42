"""What is planned: with a document, for me, and of a whole list on one board."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from dougong.activities.kinds import said
from dougong.activities.models import Activity, ActivityKind
from dougong.people.users.models import User, UserCompany
from dougong.resources import lists
from dougong.resources.documents.beside import named, require_seen
from dougong.resources.documents.facts import key_of
from dougong.resources.documents.reading import headed
from dougong.resources.joins import Joins
from dougong.unit_of_work.session import SCOPED

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.resources.nouns import Noun

#: Activities of one document, of one person on their first page, documents on the board.
MOST, FEW, ROWS = 100, 8, 200
PEOPLE = 200


def activities_of(
    session: Session, noun: Noun, actor: Actor, document_id: int
) -> Sequence[Activity]:
    """The activities of a document that the reader may see: open ones by day, then the latest done."""
    require_seen(session, noun, actor, [document_id])
    question = (
        select(Activity)
        .where(Activity.document == named(noun), Activity.document_id == document_id)
        .options(
            selectinload(Activity.kind),
            selectinload(Activity.assignee),
            selectinload(Activity.planned_by),
        )
        .order_by(Activity.done_at.desc(), Activity.due_on, Activity.id)
        .limit(MOST)
    )
    found = session.scalars(question).all()
    return [one for one in found if one.state == "planned"] + [
        one for one in found if one.state != "planned"
    ]


def kinds(session: Session, used: Iterable[int] = ()) -> list[tuple[int, str, str, int]]:
    """Id, name, icon and days of the kinds that can be planned, and of those in use, in order."""
    question = (
        select(ActivityKind.id, ActivityKind.name, ActivityKind.icon, ActivityKind.days)
        .where(ActivityKind.active | ActivityKind.id.in_(list(used)))
        .order_by(ActivityKind.position, ActivityKind.id)
    )
    return [(id, said(name), icon, days) for id, name, icon, days in session.execute(question)]


def mine(session: Session, actor: Actor) -> list[tuple[str, Any, str]]:
    """For the first page: what the actor has to do next, when, and where."""
    question = (
        select(Activity)
        .where(Activity.assignee_id == (actor.user_id or 0), Activity.state == "planned")
        .order_by(Activity.due_on, Activity.id)
        .limit(FEW)
    )
    return [
        (f"{one.summary}: {headed(one.about)}", one.due_on, f"/core/activities/{one.id}")
        for one in session.scalars(question)
    ]


def colleagues(session: Session, first: int | None) -> list[tuple[int, str]]:
    """Active people of the companies that the reader sees, one of them first."""
    here = select(UserCompany.user_id)
    question = (
        select(User.id, User.name)
        .where(User.active, User.id.in_(here))
        .order_by((User.id == (first or 0)).desc(), User.name)
        .limit(PEOPLE)
    )
    return [(id, name) for id, name in session.execute(question, execution_options={SCOPED: True})]


@dataclass
class BoardRow:
    """A document and, by kind, its next due day and how many are open."""

    key: int
    title: str
    cells: dict[int, tuple[dt.date, int]] = field(default_factory=dict)

    @property
    def first(self) -> dt.date:
        """The day of what is due first."""
        return min(day for day, _n in self.cells.values())


def board(session: Session, query: lists.Query) -> dict[str, Any]:
    """The documents of a list with open activities, those due first on top: two statements."""
    noun, joins = query.noun, Joins(query.noun.model)
    key = key_of(noun.model)
    title = joins.column(noun.fields[noun.title])
    statement = (
        joins.onto(
            select(key, title, Activity.kind_id, func.min(Activity.due_on), func.count())
            .select_from(noun.model)
            .join(Activity, (Activity.document_id == key) & (Activity.document == named(noun)))
            .where(Activity.state == "planned", *lists.conditions(query, joins))
        )
        .group_by(key, title, Activity.kind_id)
        .order_by(func.min(Activity.due_on), key)
        .limit(ROWS * 5)
    )
    rows: dict[Any, BoardRow] = {}
    totals: dict[int, int] = {}
    for id, text, kind, day, n in session.execute(statement):
        row = rows.setdefault(id, BoardRow(id, headed(text)))
        row.cells[kind] = (day, n)
        totals[kind] = totals.get(kind, 0) + n
    shown = sorted(rows.values(), key=lambda row: (row.first, row.key))
    return {
        "rows": shown[:ROWS],
        "kinds": kinds(session, totals),
        "totals": totals,
        "more": len(shown) > ROWS,
    }
