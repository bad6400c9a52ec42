"""Colleagues are invited to say something; the answers are told so that nobody can be told apart."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import Forbidden, NotFound, Refused, UnitOfWork, _
from dougong.unit_of_work.session import SCOPED
from dougong_hr.appraisal.models import Appraisal
from dougong_hr.employees.models import Employee
from dougong_hr.feedback.models import ANONYMOUS, FEEDBACK_STEPS, RELATIONS, Feedback

#: With fewer answers one could guess who has said what.
ENOUGH = 3
CENT = Decimal("0.01")


@dataclass
class Voice:
    """What one group of people says: the mean of their ratings, and their words in no order."""

    relation: str
    answers: int = 0
    #: Whether there are enough of them to be heard.
    heard: bool = True
    rating: Decimal | None = None
    strengths: list[str] = field(default_factory=list)
    wishes: list[str] = field(default_factory=list)


def invite_colleagues(
    uow: UnitOfWork, ids: Sequence[int], colleague: int, due_on: dt.date | None = None
) -> list[Feedback]:
    """Ask a colleague what they think; they see whose appraisal it is, and their own answer."""
    uow.require("hr.appraisal.write")
    appraisals = uow.load(Appraisal, ids)
    people = _people(uow.session, {colleague, *(a.employee_id for a in appraisals)})
    if colleague not in people:
        raise NotFound(_("employee"), colleague)
    rows = []
    for appraisal in appraisals:
        about, speaker = people[appraisal.employee_id], people[colleague]
        if speaker.company_id != appraisal.company_id:
            raise Refused(_("The employee works for another company."))
        if colleague == appraisal.employee_id:
            raise Refused(_("One's own view stands in the appraisal itself. Choose a colleague."))
        if speaker.state != "active":
            raise Refused(_("%(name)s does not work here.", name=speaker.name))
        rows.append(
            Feedback(
                company_id=appraisal.company_id,
                appraisal_id=appraisal.id,
                employee_id=colleague,
                about=about.name,
                relation=_relation(about, speaker),
                due_on=due_on,
            )
        )
    uow.add(*rows)
    return rows


def give_feedback(uow: UnitOfWork, ids: Sequence[int]) -> list[Feedback]:
    """Hand in what one was asked for; nobody speaks for another."""
    uow.require("hr.feedback.write")
    rows = _own(uow, ids)
    for row in rows:
        row.give()
    return rows


def decline_feedback(uow: UnitOfWork, ids: Sequence[int]) -> list[Feedback]:
    """Rather say nothing."""
    uow.require("hr.feedback.write")
    rows = _own(uow, ids)
    for row in rows:
        FEEDBACK_STEPS.move(row, "decline")
    return rows


def colleagues(session: Session, appraisal: Appraisal | None) -> list[tuple[int, str]]:
    """Who can be invited: everybody who works in the same company, whoever asks.

    For a selection of appraisals, which may be of several companies, those whom one may see.
    """
    statement = select(Employee.id, Employee.name).where(Employee.state == "active")
    if appraisal is None:
        rows = session.execute(statement.order_by(Employee.name))
    else:
        statement = statement.where(
            Employee.company_id == appraisal.company_id, Employee.id != appraisal.employee_id
        )
        rows = session.execute(statement.order_by(Employee.name), execution_options={SCOPED: True})
    return [(key, name) for key, name in rows]


def voices(session: Session, appraisal: Appraisal) -> list[Voice]:
    """What was said, by relation; colleagues and team members only when there are enough of them."""
    rows = session.scalars(
        select(Feedback).where(Feedback.appraisal_id == appraisal.id, Feedback.state == "given"),
        execution_options={SCOPED: True},
    )
    groups: dict[str, list[Feedback]] = defaultdict(list)
    for row in rows:
        groups[row.relation].append(row)
    return [_voice(relation, rows) for relation, rows in sorted(groups.items())]


def show_voices(
    noun: Any, session: Session, appraisal: Appraisal, actor: Any
) -> tuple[str, Mapping[str, Any]]:
    """The page beside the appraisal."""
    waiting = session.scalars(
        select(Feedback.id).where(Feedback.appraisal_id == appraisal.id, Feedback.state == "asked"),
        execution_options={SCOPED: True},
    ).all()
    return "hr/voices.html", {
        "voices": voices(session, appraisal),
        "relations": RELATIONS,
        "waiting": len(waiting),
        "enough": ENOUGH,
    }


def _voice(relation: str, rows: Sequence[Feedback]) -> Voice:
    voice = Voice(relation, len(rows))
    if relation in ANONYMOUS and len(rows) < ENOUGH:
        voice.heard = False
        return voice
    ratings = [Decimal(row.rating) for row in rows if row.rating]
    if ratings:
        voice.rating = (sum(ratings, Decimal(0)) / len(ratings)).quantize(CENT)
    # In the order of the words, so that no order tells who was first.
    voice.strengths = sorted(row.strengths for row in rows if row.strengths)
    voice.wishes = sorted(row.wishes for row in rows if row.wishes)
    return voice


def _relation(about: Any, speaker: Any) -> str:
    if about.manager_id == speaker.id:
        return "manager"
    return "report" if speaker.manager_id == about.id else "peer"


def _people(session: Session, ids: set[int]) -> dict[int, Any]:
    rows = session.execute(
        select(
            Employee.id, Employee.name, Employee.company_id, Employee.manager_id, Employee.state
        ).where(Employee.id.in_(ids)),
        execution_options={SCOPED: True},
    )
    return {row.id: row for row in rows}


def _own(uow: UnitOfWork, ids: Sequence[int]) -> list[Feedback]:
    rows = uow.load(Feedback, ids, Feedback.employee)
    for row in rows:
        if uow.actor.user_id is not None and row.employee.user_id != uow.actor.user_id:
            raise Forbidden("hr.feedback.write")
    return rows
