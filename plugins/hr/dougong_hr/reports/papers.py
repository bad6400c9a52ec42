"""What ends soon: certificates, confidentiality agreements, contracts, probations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import Text, _
from dougong.actors import Actor
from dougong.reports import Column, Line, Parameter, Report
from dougong.reports.parameters import today
from dougong_hr.contracts.models import Contract
from dougong_hr.courses.papers import Agreement, Certificate
from dougong_hr.employees.models import Employee

DAYS = Decimal(60)
MOST = Decimal(3660)
#: What ends, its day, what it is called, which rows count, where it is shown.
ENDS: list[tuple[Text, Any, Any, Any, str]] = [
    (_("Certificate"), Certificate.valid_until, Certificate.name, None, "certificates"),
    (
        _("Confidentiality agreement"), Agreement.valid_until, Agreement.name,
        Agreement.state == "signed", "agreements",
    ),
    (_("Contract"), Contract.ends_on, Contract.number, Contract.state == "active", "contracts"),
    (
        _("Probation"), Contract.probation_until, Contract.number, Contract.state == "active",
        "contracts",
    ),
]  # fmt: skip


def endings(session: Session, first: dt.date, last: dt.date) -> list[tuple[Any, ...]]:
    """Everything of people who work here that ends between the days: day, person, what, name, url."""
    return sorted(_endings(session, first, last), key=lambda row: (row[0], row[1]))


def _endings(session: Session, first: dt.date, last: dt.date) -> Iterator[tuple[Any, ...]]:
    for label, day, name, counted, slug in ENDS:
        statement = (
            select(day.class_.id, day, name, Employee.name)
            .join(Employee, Employee.id == day.class_.employee_id)
            .where(day.between(first, last), Employee.state == "active")
        )
        if counted is not None:
            statement = statement.where(counted)
        for key, on, called, person in session.execute(statement):
            yield on, person, label, called, f"/hr/{slug}/{key}"


def ask_papers(session: Session, actor: Actor, *, days: Decimal) -> Iterable[Line]:
    """What ends within so many days, and what has ended in the last thirty."""
    day = today(actor)
    last = day + dt.timedelta(days=int(min(max(days, Decimal(0)), MOST)))
    for on, person, label, called, url in endings(session, day - dt.timedelta(days=30), last):
        values = {
            "on": on, "employee": person, "what": str(label), "name": called,
            "left": (on - day).days,
        }  # fmt: skip
        yield Line(values, drill=url)


PAPERS = Report(
    "hr.papers",
    _("Papers that end"),
    "hr.certificate.create",
    [
        Column("on", _("Holds until"), "date"),
        Column("employee", _("Employee")),
        Column("what", _("What")),
        Column("name", _("Name")),
        Column("left", _("Days left"), "number"),
    ],
    ask_papers,
    [Parameter("days", _("Days ahead"), "number", DAYS)],
    icon="file-time",
    order=60,
)
