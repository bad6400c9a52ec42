"""What the database refuses by itself: nobody is in two places, what is posted stays."""

from __future__ import annotations

from dougong import _
from dougong.triggers import Apart, Protected, ProtectedParts, protections

BELONGS = ("INSERT", "UPDATE OF employee_id")

#: Rows of one employee that never meet.
APART = [
    Apart(
        "hr_contract", "employee_id", "starts_on", "ends_on", "apart",
        _("The employee already has a contract at that time. End it before the new one begins."),
        "row.state IN ('active', 'ended')",
    ),
    Apart(
        "hr_leave_request", "employee_id", "first_on", "last_on", "apart",
        _("The employee has asked for leave at that time already."),
        "row.state IN ('asked', 'approved')",
    ),
    Apart(
        "hr_attendance", "employee_id", "came_at", "left_at", "apart",
        _("The employee was already here at that time."), touch=True,
    ),
    Apart(
        "hr_benefit_enrolment", "employee_id", "from_on", "until_on", "apart",
        _("The employee has this benefit at that time already."), alike=("plan_id",),
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
        *APART,
    ]
)  # fmt: skip
