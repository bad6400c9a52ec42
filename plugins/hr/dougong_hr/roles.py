"""Who may do what with people's files."""

from __future__ import annotations

from typing import Any

from dougong import Permission, Role, _
from dougong_hr.advances.models import Advance
from dougong_hr.appraisal.models import Appraisal
from dougong_hr.attendance.models import Attendance
from dougong_hr.benefits.models import BenefitEnrolment
from dougong_hr.claims.models import Claim
from dougong_hr.courses.papers import Agreement, Certificate
from dougong_hr.employees.models import Employee
from dougong_hr.employees.sight import of_own, of_own_and_team, own_and_team
from dougong_hr.feedback.models import Feedback
from dougong_hr.leave.models import AbsenceDay, Entitlement, LeaveRequest
from dougong_hr.payroll.models import Payslip
from dougong_hr.plans.models import Task
from dougong_hr.shifts.models import Roster

PERMISSIONS = [
    Permission("hr.private.read", _("See private data of employees")),
    Permission("hr.wage.read", _("See wages")),
    Permission("hr.payroll.pay", _("Take the bank file of net wages")),
    Permission("hr.attendance.stamp", _("Check people in and out by their badge")),
    Permission("hr.desk.read", _("See one's own desk")),
    Permission("hr.attendance.self", _("Check in and out oneself")),
]
LOOK_UP = ["base.party.read", "base.calendar.read", "base.currency.read"]
#: What everybody may look at: how the company is made up.
SEEN = ["hr.department.read", "hr.position.read", "hr.leavetype.read", "hr.shift.read"]

#: What employees do for themselves, as far as their own file and their team's reach.
SELF_SERVICE = [
    *SEEN,
    "hr.desk.read", "base.calendar.read",
    "hr.employee.read",
    "hr.task.read", "hr.task.finish",
    "hr.leave.read", "hr.leave.create", "hr.leave.write", "hr.leave.delete",
    "hr.entitlement.read", "hr.roster.read",
    "hr.attendance.read", "hr.attendance.self",
    "hr.claim.read", "hr.claim.create", "hr.claim.write", "hr.claim.delete", "base.category.read",
    "hr.advance.read",
    "hr.payslip.read",
    "hr.course.read", "hr.certificate.read", "hr.agreement.read", "hr.agreement.sign",
    "hr.cycle.read", "hr.appraisal.read", "hr.appraisal.write",
    "hr.feedback.read", "hr.feedback.write", "hr.benefit.read", "hr.benefitplan.read",
]  # fmt: skip
OWN: dict[type, Any] = {
    Employee: own_and_team,
    Task: of_own_and_team,
    LeaveRequest: of_own_and_team,
    AbsenceDay: of_own_and_team,
    Entitlement: of_own_and_team,
    Attendance: of_own_and_team,
    Roster: of_own_and_team,
    Claim: of_own_and_team,
    Advance: of_own,
    Payslip: of_own,
    Certificate: of_own_and_team,
    Agreement: of_own,
    Appraisal: of_own_and_team,
    Feedback: of_own,
    BenefitEnrolment: of_own,
}

ROLES = [
    Role("hr.manager", _("Head of human resources"), [*LOOK_UP, "core.user.read", "hr.*"]),
    Role(
        "hr.officer",
        _("Human resources officer"),
        [
            *LOOK_UP, *SEEN, "hr.desk.read",
            "hr.private.read",
            "hr.employee.*", "hr.department.*", "hr.position.*",
            "hr.contract.read", "hr.contract.create", "hr.contract.write",
            "hr.plan.*", "hr.task.*",
            "hr.leave.*", "hr.leavetype.*", "hr.entitlement.*",
            "hr.attendance.*", "hr.shift.*", "hr.roster.*",
            "hr.opening.*", "hr.applicant.*", "hr.applicantstage.*", "hr.interview.*",
            "hr.offer.*", "hr.course.*", "hr.session.*", "hr.certificate.*", "hr.agreement.*",
            "hr.appraisal.*", "hr.cycle.*", "hr.feedback.*",
            "hr.claim.*", "hr.advance.read", "hr.advance.create", "hr.advance.write",
            "hr.payinput.*", "hr.deduction.*", "base.category.read",
            "hr.benefit.*", "hr.benefitplan.*",
        ],
    ),
    Role(
        "hr.payroll",
        _("Payroll accountant"),
        [
            *LOOK_UP, *SEEN, "hr.desk.read",
            "hr.employee.read", "hr.contract.read", "hr.wage.read", "hr.private.read",
            "hr.payroll.*", "hr.payslip.read", "hr.transfer.read", "hr.benefit.*",
            "hr.benefitplan.*", "hr.payinput.*", "hr.deduction.*",
            "hr.structure.*", "hr.insurance.*", "hr.table.*", "hr.attendance.read",
            "hr.leave.read", "hr.claim.read", "hr.claim.approve", "hr.advance.*",
        ],
    ),
    Role("hr.employee", _("Employee self-service"), SELF_SERVICE, OWN),
    Role(
        "hr.lead",
        _("Team leader"),
        [*SELF_SERVICE, "hr.leave.approve", "hr.claim.approve", "hr.roster.*", "hr.appraisal.finish"],
        OWN,
    ),
]  # fmt: skip
