"""How leave is shown and asked for."""

from __future__ import annotations

from typing import Any

from dougong import ZERO, _, pgettext
from dougong.resources import (
    Calendar,
    Choice,
    Field,
    Form,
    Gantt,
    Kanban,
    Long,
    Number,
    Resource,
    Rights,
    Section,
)
from dougong_hr.calendars.queries import workdays_of
from dougong_hr.employees.own import own_employee
from dougong_hr.leave.models import ACCRUALS, Entitlement, LeaveRequest, LeaveType
from dougong_hr.leave.workflow import LEAVE_STEPS


def derive_request(request: LeaveRequest, facts: Any) -> None:
    """Asked for oneself, unless another is chosen; the working days are counted."""
    if request.employee_id is None and facts.actor.user_id is not None:
        request.employee_id = own_employee(facts)
    request.days = ZERO
    if request.employee_id and request.first_on and request.last_on:
        workdays = workdays_of(facts.uow.session, [request.employee_id], request.first_on)
        if request.employee_id in workdays and (request.last_on - request.first_on).days < 400:
            spread = request.spread(workdays[request.employee_id])
            request.days = sum((part for _day, part in spread), ZERO)


def check_request(request: LeaveRequest, facts: Any) -> None:
    """Somebody, and days in order."""
    if request.employee_id is None:
        facts.error(request, "employee", _("Say who is away."))
    if request.last_on < request.first_on:
        facts.error(request, "last_on", _("Leave does not end before it begins."))
    elif (request.last_on - request.first_on).days >= 400:
        facts.error(request, "last_on", _("Ask for at most a year at once."))


class LeaveResource(Resource):
    """Who asks to be away, and who is."""

    name, model, label, one = "hr.leaves", LeaveRequest, _("Leave"), _("Request for leave")
    manual = "people#time-and-leave"
    empty = _("Days off that were asked for, and what was decided.")
    icon, title, sort = "beach", "first_on", "-first_on"
    columns = ["employee", "type", "first_on", "last_on", "days", "state", "decided_by"]
    search = ["employee.name", "employee.number", "reason"]
    filters = ["state", "type", "employee", "employee.department", "first_on", "last_on"]
    groups, totals = ["employee", "type", "state", "first_on:month"], ["days"]
    form = Form(
        Section("employee", "type", "first_on", "last_on", "half_first", "half_last", "reason"),
        Section("days", "decided_by", "decided_on", "answer", side=True),
    )
    fields = {
        "employee": Field(label=_("Employee"), required=False),
        "type": Field(label=_("Type of leave")),
        "first_on": Field(label=_("First day")),
        "last_on": Field(label=_("Last day")),
        "half_first": Field(label=_("Half of the first day")),
        "half_last": Field(label=_("Half of the last day")),
        "days": Number(label=_("Working days")),
        "reason": Long(label=_("Reason")),
        "decided_by": Field(label=_("Decided by")),
        "decided_on": Field(label=_("Decided on")),
        "answer": Field(label=_("Answer")),
    }
    derived = ["days", "decided_by", "decided_on", "answer"]
    boards = [
        Kanban("state", card=["employee", "type", "first_on", "days"]),
        Calendar("first_on"),
        Gantt("first_on", "last_on", by="employee"),
    ]
    steps, derive, check = LEAVE_STEPS, derive_request, check_request
    rights = Rights("hr.leave")


class LeaveTypeResource(Resource):
    """The types of leave."""

    name, model, label, one = "hr.leave-types", LeaveType, _("Types of leave"), _("Type of leave")
    icon, identity, title, sort = "category", "code", "name", "code"
    columns = ["code", "name", "paid", "accrual", "days_year", "carry_most", "active"]
    search, filters = ["code", "name"], ["paid", "active"]
    form = Form(
        Section("code", "name", "paid", "active"),
        Section("accrual", "days_year", "overdraw", "carry_most", "carry_months"),
    )
    fields = {
        "paid": Field(label=pgettext("leave", "Paid")),
        "accrual": Choice(label=_("How it grows"), choices=ACCRUALS),
        "days_year": Number(label=_("Days a year"), least=0, most=366),
        "overdraw": Number(label=_("Days in advance"), least=0, most=366),
        "carry_most": Number(label=_("Carried over at most"), least=0, most=366),
        "carry_months": Number(
            label=_("Months it is carried"), least=0, most=12, help=_("0 is for ever.")
        ),
    }
    rights = Rights("hr.leavetype")


class EntitlementResource(Resource):
    """What people may take in a year."""

    name, model, label = "hr.entitlements", Entitlement, _("Leave entitlements")
    one, icon, title, sort = _("Entitlement"), "scale", "year", "-year"
    columns = ["employee", "type", "year", "granted", "carried", "carried_until"]
    search = ["employee.name", "employee.number"]
    filters, groups = ["employee", "type", "year"], ["type", "employee", "year"]
    form = Form(
        Section("employee", "type", "year", "granted", "carried", "carried_until"),
        Section("note", side=True),
    )
    fields = {
        "type": Field(label=_("Type of leave")),
        "year": Number(label=_("Year"), least=1970, most=2200, grouped=False),
        "granted": Number(label=_("Granted days"), least=0, most=366),
        "carried": Number(label=_("Carried over"), least=0, most=366),
        "carried_until": Field(label=_("To be taken until")),
        "note": Field(label=_("Note")),
    }
    rights = Rights("hr.entitlement")
