"""Sessions are held, certificates given, agreements signed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import or_, select

from dougong import Refused, UnitOfWork, _
from dougong_hr.calendars.workdays import months_later
from dougong_hr.courses.models import Participant, TrainingSession
from dougong_hr.courses.papers import Agreement, Certificate


def hold_sessions(
    uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None
) -> list[Certificate]:
    """The sessions are over: whoever was there and has not failed holds a certificate."""
    uow.require("hr.session.write")
    sessions = uow.load(TrainingSession, ids, TrainingSession.participants, TrainingSession.course)
    _refuse_unsigned(uow, sessions)
    certificates = []
    for session in sessions:
        day = on or session.on
        until = session.course.valid_months
        certificates += [
            Certificate(
                company_id=session.company_id,
                employee_id=one.employee_id,
                name=session.course.name,
                course_id=session.course_id,
                session_id=session.id,
                given_on=day,
                valid_until=months_later(day, until) if until else None,
            )
            for one in session.hold(day)
        ]
    uow.add(*certificates)
    return certificates


def sign_agreements(uow: UnitOfWork, ids: Sequence[int]) -> list[Agreement]:
    """Employees sign for themselves, by their own log-in."""
    uow.require("hr.agreement.sign")
    agreements = uow.load(Agreement, ids, Agreement.employee)
    for agreement in agreements:
        if uow.actor.user_id is not None and agreement.employee.user_id != uow.actor.user_id:
            raise Refused(_("Only %(name)s can sign this.", name=agreement.employee.name))
        agreement.sign(uow.now, uow.actor.name)
    return agreements


def _refuse_unsigned(uow: UnitOfWork, sessions: Sequence[TrainingSession]) -> None:
    """In a confidential course sits nobody who has not promised to keep silent."""
    there = [
        one
        for session in sessions
        if session.course.confidential
        for one in session.participants
        if one.present
    ]
    if not there:
        return
    uow.load(Participant, [one.id for one in there], Participant.employee)
    signed = set(
        uow.session.scalars(
            select(Agreement.employee_id).where(
                Agreement.state == "signed",
                or_(
                    Agreement.valid_until.is_(None),
                    Agreement.valid_until >= max(session.on for session in sessions),
                ),
                Agreement.employee_id.in_([one.employee_id for one in there]),
            )
        )
    )
    for one in there:
        if one.employee_id not in signed:
            raise Refused(
                _(
                    "%(name)s has not signed a confidentiality agreement, which this course asks for.",
                    name=one.employee.name,
                )
            )
