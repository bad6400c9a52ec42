"""How people and pay slot into the house. Wiring only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flask import Blueprint

from dougong import (
    Check,
    Dashboard,
    FirstStep,
    Job,
    MenuItem,
    Permission,
    Plugin,
    Replay,
    Role,
    Series,
    Setting,
    UnitOfWork,
    Widget,
    Workflow,
    _,
    hookimpl,
)  # fmt: skip
from dougong.printing import Print
from dougong.reports import Report
from dougong.resources import Resource
from dougong_base.events import CostsArose
from dougong_base.ports import Absences
from dougong_hr.advances.models import ADVANCE_STEPS, Advance, KeptBack
from dougong_hr.advances.resource import AdvanceResource
from dougong_hr.appraisal.models import APPRAISAL_STEPS, CYCLE_STEPS, Appraisal, Cycle, Goal
from dougong_hr.appraisal.resource import AppraisalResource, CycleResource
from dougong_hr.attendance.models import Attendance
from dougong_hr.attendance.resource import AttendanceResource
from dougong_hr.benefits.models import BenefitEnrolment, BenefitPlan, BenefitRate
from dougong_hr.benefits.resource import BenefitEnrolmentResource, BenefitPlanResource
from dougong_hr.calendars.filling import fill_calendar
from dougong_hr.checks import CHECKS
from dougong_hr.claims.models import CLAIM_STEPS, Claim, ClaimLine
from dougong_hr.claims.resource import ClaimResource
from dougong_hr.contracts.ending import end_due_contracts
from dougong_hr.contracts.models import Contract, ContractTerm
from dougong_hr.contracts.resource import ContractResource
from dougong_hr.contracts.workflow import CONTRACT_STEPS
from dougong_hr.courses.models import (
    SESSION_STEPS,
    Course,
    Material,
    Participant,
    TrainingSession,
)
from dougong_hr.courses.papers import AGREEMENT_STEPS, Agreement, Certificate
from dougong_hr.courses.resource import (
    AgreementResource,
    CertificateResource,
    CourseResource,
    SessionResource,
)
from dougong_hr.dashboards import PEOPLE_DASHBOARD
from dougong_hr.deductions.models import TaxDeduction
from dougong_hr.deductions.resource import TaxDeductionResource
from dougong_hr.demo import bring_people
from dougong_hr.departments.models import Department
from dougong_hr.departments.resource import DepartmentResource
from dougong_hr.employees.models import Employee
from dougong_hr.employees.resource import EmployeeResource
from dougong_hr.employees.workflow import EMPLOYEE_STEPS
from dougong_hr.feedback.models import FEEDBACK_STEPS, Feedback
from dougong_hr.feedback.resource import FeedbackResource
from dougong_hr.first_steps import FIRST_STEPS
from dougong_hr.insurance.models import InsurancePlan, InsuranceRate
from dougong_hr.insurance.resource import InsurancePlanResource
from dougong_hr.leave.granting import grant_leave, grant_this_year
from dougong_hr.leave.models import AbsenceDay, Entitlement, LeaveRequest, LeaveType
from dougong_hr.leave.provider import ApprovedAbsences
from dougong_hr.leave.resource import EntitlementResource, LeaveResource, LeaveTypeResource
from dougong_hr.leave.workflow import LEAVE_STEPS
from dougong_hr.menus import MENU
from dougong_hr.pages import pages
from dougong_hr.payinputs.models import PayInput
from dougong_hr.payinputs.resource import PayInputResource
from dougong_hr.payroll.job import compute_in_parts, given_up
from dougong_hr.payroll.models import Payroll, Payslip, PayslipLine, PayTotal
from dougong_hr.payroll.papers import PAYSLIP_PRINTS
from dougong_hr.payroll.resource import PayrollResource, PayslipResource
from dougong_hr.payroll.workflow import PAYROLL_STEPS
from dougong_hr.plans.models import TASK_STEPS, Plan, PlanLine, Task
from dougong_hr.plans.resource import PlanResource, TaskResource
from dougong_hr.positions.models import Position
from dougong_hr.positions.resource import PositionResource
from dougong_hr.recruitment.interviews import Interview, Offer, Score
from dougong_hr.recruitment.models import Applicant, ApplicantStage, Opening
from dougong_hr.recruitment.resource import (
    ApplicantResource,
    ApplicantStageResource,
    InterviewResource,
    OfferResource,
    OpeningResource,
)
from dougong_hr.recruitment.workflow import APPLICANT_STEPS, OFFER_STEPS, OPENING_STEPS
from dougong_hr.replays import unbooked
from dougong_hr.reports.leave import LEAVE_BALANCES
from dougong_hr.reports.organisation import ORGANISATION
from dougong_hr.reports.overtime import OVERTIME
from dougong_hr.reports.papers import PAPERS
from dougong_hr.reports.payroll import BANK_FILE, REGISTER
from dougong_hr.roles import PERMISSIONS, ROLES
from dougong_hr.seed import seed_people
from dougong_hr.shifts.models import Roster, Shift
from dougong_hr.shifts.resource import RosterResource, ShiftResource
from dougong_hr.structures.models import Component, Structure
from dougong_hr.structures.resource import StructureResource
from dougong_hr.tables.models import RateRow, RateTable
from dougong_hr.tables.resource import RateTableResource
from dougong_hr.transfers.models import TRANSFER_STEPS, Transfer, TransferLine
from dougong_hr.transfers.resource import TransferResource
from dougong_hr.widgets import WIDGETS


class Hr(Plugin):
    """Employees, working time, pay, recruitment and training."""

    @hookimpl
    def models(self) -> Iterable[type[Any]]:
        """People, what was agreed with them, what they do and are paid."""
        return [
            Department, Position, Employee, Plan, PlanLine, Task,
            Structure, Component, InsurancePlan, InsuranceRate, RateTable, RateRow,
            Contract, ContractTerm, Attendance, Shift, Roster,
            LeaveType, Entitlement, LeaveRequest, AbsenceDay, Claim, ClaimLine, Advance,
            BenefitPlan, BenefitRate, BenefitEnrolment,
            TaxDeduction, PayInput, Payroll, Payslip, PayslipLine, KeptBack,
            PayTotal, Transfer, TransferLine,
            Opening, ApplicantStage, Applicant, Interview, Score, Offer,
            Course, Material, TrainingSession, Participant, Certificate, Agreement,
            Cycle, Appraisal, Goal, Feedback,
        ]  # fmt: skip

    @hookimpl
    def resources(self) -> Iterable[type[Resource]]:
        """How each noun is shown and entered."""
        return [
            EmployeeResource, ContractResource, TaskResource, DepartmentResource,
            PositionResource, PlanResource, StructureResource, InsurancePlanResource,
            RateTableResource, AttendanceResource, ShiftResource, RosterResource,
            LeaveResource, LeaveTypeResource, EntitlementResource, ClaimResource,
            AdvanceResource, PayrollResource, PayslipResource, PayInputResource,
            TaxDeductionResource, OpeningResource, ApplicantResource, ApplicantStageResource,
            InterviewResource, OfferResource, CourseResource, SessionResource,
            CertificateResource, AgreementResource, CycleResource, AppraisalResource,
            FeedbackResource, BenefitEnrolmentResource, BenefitPlanResource, TransferResource,
        ]  # fmt: skip

    @hookimpl
    def menus(self) -> Iterable[MenuItem]:
        """Daily work first."""
        return MENU

    @hookimpl
    def workflows(self) -> Iterable[Workflow]:
        """The roads that documents take."""
        return [
            EMPLOYEE_STEPS, CONTRACT_STEPS, TASK_STEPS, LEAVE_STEPS, CLAIM_STEPS, ADVANCE_STEPS,
            PAYROLL_STEPS, OPENING_STEPS, APPLICANT_STEPS, OFFER_STEPS, SESSION_STEPS,
            AGREEMENT_STEPS, CYCLE_STEPS, APPRAISAL_STEPS, FEEDBACK_STEPS, TRANSFER_STEPS,
        ]  # fmt: skip

    @hookimpl
    def reports(self) -> Iterable[Report]:
        """Questions about people."""
        return [ORGANISATION, LEAVE_BALANCES, OVERTIME, BANK_FILE, REGISTER, PAPERS]

    @hookimpl
    def prints(self) -> Iterable[Print]:
        """Payslips."""
        return PAYSLIP_PRINTS

    @hookimpl
    def widgets(self) -> Iterable[Widget]:
        """Cards for those who look after people."""
        return WIDGETS

    @hookimpl
    def first_steps(self) -> Iterable[FirstStep]:
        """What a company enters first here."""
        return FIRST_STEPS

    @hookimpl
    def dashboards(self) -> Iterable[Dashboard]:
        """What those who look after people look at first."""
        return [PEOPLE_DASHBOARD]

    @hookimpl
    def permissions(self) -> Iterable[Permission]:
        """What no step implies."""
        return PERMISSIONS

    @hookimpl
    def roles(self) -> Iterable[Role]:
        """Human resources, and everybody for themselves."""
        return ROLES

    @hookimpl
    def settings(self) -> Iterable[Setting]:
        """From where wages are paid, and how much of them is kept back."""
        return [
            Setting(
                "hr.pay_account", _("Bank account of wages"), "",
                help=_("The account that the bank file of net wages is paid from."),
            ),
            Setting("hr.pay_bank", _("BIC of that bank"), ""),
            Setting(
                "hr.ask_where", _("Ask where people check in on their own page"), False, "flag",
                help=_("Their browser asks them; who declines checks in all the same."),
            ),
            Setting(
                "hr.advance_grace", _("Days before wages are set against an advance"), 30, "number",
                help=_("So long claims may use it up; the advance itself can name another day."),
            ),
            Setting(
                "hr.keep_back_share", _("Kept back for advances at most, in percent"), 20, "number",
                help=_("Of what was earned in the month."),
            ),
            Setting(
                "hr.pay_floor", _("Paid out at least, whatever is owed"), 0, "number",
                help=_(
                    "What an employee is left to live on each month: the local minimum wage. The"
                    " rate table “pay_floor” can name another amount for each place."
                ),
            ),
        ]  # fmt: skip

    @hookimpl
    def sequences(self) -> Iterable[Series]:
        """Numbers without gaps."""
        return [
            Series("contract", _("Contracts"), "CT"),
            Series("claim", _("Expense claims"), "EX"),
            Series("advance", _("Advances"), "AV"),
            Series("payroll", _("Payrolls"), "PY"),
            Series("wage-transfer", _("Bank transfers"), "WT"),
        ]

    @hookimpl
    def jobs(self) -> Iterable[Job]:
        """What happens every day."""
        return [
            Job(
                "hr.end_contracts",
                end_due_contracts,
                _("Close contracts whose last day is over"),
                every=dt.timedelta(days=1),
                each_company=True,
            ),
            Job(
                "hr.grant_leave",
                grant_this_year,
                _("Grant this year's leave to those who have none yet"),
                every=dt.timedelta(days=1),
                each_company=True,
            ),
            Job("hr.grant_leave_of", grant_leave, _("Grant the leave of a year")),
            Job(
                "hr.compute_payroll",
                compute_in_parts,
                _("Compute a large payroll"),
                tries=1,
                long=True,
                given_up=given_up,
            ),
            Job("hr.fill_calendar", fill_calendar, _("Enter a country's public holidays")),
        ]

    @hookimpl
    def pages(self) -> Iterable[Blueprint]:
        """What no resource can say."""
        return [pages]

    @hookimpl
    def providers(self) -> Mapping[type[Any], Callable[[UnitOfWork], Any]]:
        """Who is away."""
        return {Absences: ApprovedAbsences}

    @hookimpl
    def checks(self) -> Iterable[Check]:
        """What must be true of people and pay."""
        return CHECKS

    @hookimpl
    def replays(self) -> Iterable[Replay]:
        """What a ledger that came later has missed."""
        return [Replay(CostsArose, unbooked)]

    @hookimpl
    def seed(self, uow: UnitOfWork) -> None:
        """Plans, pay structures and rates to begin with."""
        seed_people(uow)

    @hookimpl
    def demo(self, uow: UnitOfWork) -> None:
        """People at work."""
        bring_people(uow)


plugin = Hr()
