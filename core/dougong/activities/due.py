"""Whoever has something to do hears of it on the day, once; and again when the day was moved."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select, update

from dougong.activities.models import Activity
from dougong.events import DocumentRef
from dougong.notices.service import tell
from dougong.people.users.models import User
from dougong.unit_of_work.session import SCOPED

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork

#: Somewhere it is tomorrow already.
AHEAD = dt.timedelta(days=1)
PORTION = 500


def tell_due(uow: UnitOfWork) -> None:
    """A notice for each open activity whose day has come where its person is."""
    question = (
        select(
            Activity.id, Activity.document, Activity.document_id, Activity.summary,
            Activity.due_on, Activity.assignee_id, User.timezone,
        )
        .join(User, User.id == Activity.assignee_id)
        .where(Activity.state == "planned", User.active)
        .where(Activity.due_on <= (uow.now + AHEAD).date())
        .where(or_(Activity.told_on.is_(None), Activity.told_on != Activity.due_on))
        .order_by(Activity.id)
        .limit(PORTION)
    )  # fmt: skip
    told = []
    for row in uow.session.execute(question, execution_options={SCOPED: True}):
        if row.due_on > uow.now.astimezone(ZoneInfo(row.timezone)).date():
            continue
        here = DocumentRef(row.document, row.document_id)
        tell(uow, "due", here, [row.assignee_id], summary=row.summary)
        told.append(row.id)
    if told:
        # Not a change of the activity: neither its version nor its history speaks of it.
        uow.session.execute(
            update(Activity).where(Activity.id.in_(told)).values(told_on=Activity.due_on),
            execution_options={"synchronize_session": False},
        )
