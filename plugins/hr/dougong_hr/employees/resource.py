"""How employees are shown and entered."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from dougong import _
from dougong.resources import Field, Form, Kanban, Long, Resource, Rights, Section, Text
from dougong_base import Party
from dougong_hr.departments.models import Department
from dougong_hr.employees.models import Employee
from dougong_hr.employees.service import enter_as_party
from dougong_hr.employees.workflow import EMPLOYEE_STEPS


def derive_employee(employee: Employee, facts: Any) -> None:
    """Whoever leads the department is the manager, unless somebody else was chosen."""
    department = facts.get(Department, employee.department_id)
    if department is None or not department.head_id:
        return
    if facts.fresh(employee, "manager", on="department"):
        heads = select(Employee.id).where(Employee.party_id == department.head_id)
        head = facts.uow.session.scalar(heads)
        employee.manager_id = None if head == employee.id else head


def check_employee(employee: Employee, facts: Any) -> None:
    """No circle of managers; then the person is known to the other departments too."""
    above, seen = facts.get(Employee, employee.manager_id), {employee.id}
    while above is not None:
        if above.id in seen:
            facts.error(
                employee,
                "manager",
                _("%(name)s would be their own manager, over others.", name=employee.name),
            )
            return
        seen.add(above.id)
        above = facts.get(Employee, above.manager_id)
    party = facts.get(Party, employee.party_id)
    if party is not None:
        party.name, party.is_employee = employee.name, True
        party.email, party.phone = employee.work_email, employee.work_phone
    enter_as_party(facts.uow, employee)


class EmployeeResource(Resource):
    """The people who work here."""

    name, model, label, one = "hr.employees", Employee, _("Employees"), _("Employee")
    manual = "people#employees"
    empty = _("Everybody who works here, with department, position and log-in.")
    icon, identity, title, sort = "users-group", "number", "name", "name"
    columns = [
        "number", "name", "department", "position", "manager", "work_email", "work_phone",
        "state", "joined_on",
    ]  # fmt: skip
    search = ["number", "name", "work_email", "work_phone"]
    filters = ["state", "department", "position", "manager", "joined_on", "left_on"]
    groups = ["department", "position", "manager", "state"]
    form = Form(
        Section("number", "name", "department", "position", "manager"),
        Section("work_email", "work_phone", "calendar", "badge", "user", title=_("At work")),
        Section(
            "birth_on", "identity_number", "private_address", "private_phone", "private_email",
            "emergency_contact", "bank", "bank_code", "bank_account", title=_("Private"),
        ),
        Section("joined_on", "left_on", "leave_reason", "party", title=_("Time here"), side=True),
        Section("note", side=True),
    )  # fmt: skip
    fields = {
        "number": Field(label=_("Employee number")),
        "position": Field(label=_("Job title")),
        "manager": Field(label=_("Manager")),
        "work_email": Text(label=_("E-mail"), type="email"),
        "work_phone": Text(label=_("Telephone"), type="tel"),
        "calendar": Field(
            label=_("Calendar"), help=_("Which days are worked, where the contract says nothing.")
        ),
        "badge": Field(label=_("Badge")),
        "user": Field(label=_("Log-in"), help=_("By it people see their own file and their team.")),
        "joined_on": Field(label=_("First day")),
        "left_on": Field(label=_("Last day")),
        "leave_reason": Field(label=_("Reason")),
        "party": Field(label=_("Party")),
        "birth_on": Field(label=_("Date of birth")),
        "identity_number": Field(label=_("Identity number")),
        "private_address": Field(label=_("Private address")),
        "private_phone": Text(label=_("Private telephone"), type="tel"),
        "private_email": Text(label=_("Private e-mail"), type="email"),
        "emergency_contact": Field(label=_("In an emergency call")),
        "bank": Field(label=_("Bank")),
        "bank_code": Field(label=_("Bank code"), help=_("The BIC, or the bank's number (CNAPS).")),
        "bank_account": Field(label=_("Bank account")),
        "note": Long(label=_("Note")),
    }
    derived = ["left_on", "leave_reason", "party"]
    boards = [Kanban("department", card=["name", "position", "work_phone"])]
    steps, derive, check = EMPLOYEE_STEPS, derive_employee, check_employee
    rights = Rights("hr.employee")
