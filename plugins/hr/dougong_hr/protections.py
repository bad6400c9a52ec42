"""What the database refuses by itself: nobody is in two places, what is posted stays."""

from __future__ import annotations

from typing import NamedTuple

from dougong import Text, _
from dougong.triggers import Protected, ProtectedParts, protections

FAR = "'9999-12-31'"
WRITES = ("INSERT", "UPDATE")
BELONGS = ("INSERT", "UPDATE OF employee_id")


class Apart(NamedTuple):
    """Rows of one employee that must not meet: the table, its first and last, which rows count."""

    table: str
    first: str
    last: str
    states: str
    sentence: Text
    #: Whether the last may be the first of the next: moments may, days may not.
    touch: bool = False
    #: Only rows alike in this column must keep apart.
    alike: str = ""


APART = [
    Apart(
        "hr_contract", "starts_on", "ends_on", "('active', 'ended')",
        _("The employee already has a contract at that time. End it before the new one begins."),
    ),
    Apart(
        "hr_leave_request", "first_on", "last_on", "('asked', 'approved')",
        _("The employee has asked for leave at that time already."),
    ),
    Apart(
        "hr_attendance", "came_at", "left_at", "",
        _("The employee was already here at that time."), touch=True,
    ),
    Apart(
        "hr_benefit_enrolment", "from_on", "until_on", "",
        _("The employee has this benefit at that time already."), alike="plan_id",
    ),
]  # fmt: skip

#: What belongs to an employee belongs to the employee's company.
OF_EMPLOYEES = (
    "hr_contract", "hr_task", "hr_attendance", "hr_roster", "hr_entitlement", "hr_leave_request",
    "hr_claim", "hr_advance", "hr_tax_deduction", "hr_pay_input", "hr_payslip", "hr_appraisal",
    "hr_feedback", "hr_certificate", "hr_agreement", "hr_benefit_enrolment",
)  # fmt: skip
STRANGER = _("The employee works for another company.")

#: Payslips and their lines, and how they lead to their payroll.
_OF_PAYSLIP = (
    "(SELECT s.id AS id, p.state AS state, p.number AS number FROM hr_payslip s"
    " JOIN hr_payroll p ON p.id = s.payroll_id)"
)
PAID = [
    ("hr_payslip", "hr_payroll", "payroll_id"),
    ("hr_payslip_line", _OF_PAYSLIP, "payslip_id"),
    ("hr_kept_back", _OF_PAYSLIP, "payslip_id"),
]
FINAL = _("The payroll is posted: its payslips stay as they are. Make a correction.")
SIGNED = _("The agreement is signed: it stays as it is.")


def apart(rule: Apart) -> ProtectedParts:
    """Two such rows of an employee do not meet."""
    counted = f" WHERE state IN {rule.states}" if rule.states else ""
    to = "<" if rule.touch else "<="
    mine = f"NEW.state IN {rule.states} AND " if rule.states else ""
    mine += f"whole.{rule.alike} = NEW.{rule.alike} AND " if rule.alike else ""
    return ProtectedParts(
        rule.table,
        f"(SELECT employee_id AS id, id AS own_id, {rule.first} AS a, {rule.last} AS z"
        f"{', ' + rule.alike if rule.alike else ''} FROM {rule.table}{counted})",
        "employee_id",
        "apart",
        rule.sentence,
        f"{mine}whole.own_id <> NEW.id AND NEW.{rule.first} {to} coalesce(whole.z, {FAR})"
        f" AND whole.a {to} coalesce(NEW.{rule.last}, {FAR})",
        WRITES,
    )


#: The number comes with the last write of the step itself.
POSTED = "state = 'posted' AND {0}.number IS NOT NULL"

protect_all, unprotect_all = protections(
    [
        Protected("hr_payroll", "posted", FINAL, when="OLD." + POSTED.format("OLD")),
        Protected("hr_agreement", "signed", SIGNED, when="OLD.state = 'signed'"),
        *(
            ProtectedParts(table, whole, column, "posted", FINAL, "whole." + POSTED.format("whole"))
            for table, whole, column in PAID
        ),
        *(
            ProtectedParts(
                table, "hr_employee", "employee_id", "company", STRANGER,
                "whole.company_id <> NEW.company_id", BELONGS,
            )
            for table in OF_EMPLOYEES
        ),
        *map(apart, APART),
    ]
)  # fmt: skip
