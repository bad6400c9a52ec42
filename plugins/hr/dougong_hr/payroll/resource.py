"""How payrolls and payslips are shown and entered."""

from __future__ import annotations

from dougong import _
from dougong.resources import (
    Choice,
    Field,
    Form,
    Lines,
    Long,
    Number,
    Pivot,
    Resource,
    Rights,
    Section,
    Tab,
)
from dougong_hr.payroll.models import Payroll, Payslip
from dougong_hr.payroll.slips import print_payslip
from dougong_hr.payroll.workflow import KINDS, PAYROLL_STEPS
from dougong_hr.structures.models import COMPONENT_KINDS


class PayrollResource(Resource):
    """The pay of each month."""

    name, model, label, one = "hr.payrolls", Payroll, _("Payrolls"), _("Payroll")
    manual = "payroll#each-month"
    icon, title, sort = "cash-banknote", "number", "-id"
    columns = [
        "number", "year", "month", "kind", "department", "people", "gross", "net", "employer",
        "state",
    ]  # fmt: skip
    search, filters = ["number", "note"], ["state", "kind", "year", "month", "department"]
    groups, totals = ["year", "kind", "state"], ["gross", "net", "employer"]
    form = Form(
        Section("year", "month", "kind", "department", "pay_on"),
        Section(
            "told", "number", "posted_on", "people", "gross", "deductions", "net", "employer",
            title=_("Result"), side=True,
        ),
        Section("note", side=True),
    )  # fmt: skip
    fields = {
        "year": Number(label=_("Year"), least=1970, most=2200, grouped=False),
        "month": Number(label=_("Month"), least=1, most=12),
        "kind": Choice(label=_("Kind"), choices=KINDS),
        "department": Field(label=_("Only for")),
        "pay_on": Field(label=_("Paid on")),
        "posted_on": Field(label=_("Posted on")),
        "told": Field(label=_("Progress")),
        "people": Number(label=_("Payslips")),
        "deductions": Field(label=_("Kept back")),
        "net": Field(label=_("Net pay")),
        "employer": Field(label=_("Employer's part")),
        "note": Long(label=_("Note")),
    }
    derived = ["told", "number", "posted_on", "people", "gross", "deductions", "net", "employer"]
    boards = [Pivot("net", rows="year", columns="month")]
    steps, rights = PAYROLL_STEPS, Rights("hr.payroll")


class PayslipResource(Resource):
    """What each employee gets for a month."""

    name, model, label, one = "hr.payslips", Payslip, _("Payslips"), _("Payslip")
    icon, title, sort = "file-dollar", "period", "-id"
    columns = [
        "period", "employee", "kind", "gross", "deductions", "net", "employer", "payroll",
    ]  # fmt: skip
    search = ["employee.name", "employee.number"]
    filters = ["year", "month", "employee", "kind", "payroll"]
    groups, totals = ["employee", "year", "payroll"], ["gross", "deductions", "net", "employer"]
    form = Form(
        Section("employee", "period", "kind", "payroll"),
        Lines("lines", "name", "kind", "amount", title=_("Components")),
        Section("gross", "deductions", "net", "employer", title=_("Result"), side=True),
    )
    fields = {
        "year": Number(label=_("Year"), grouped=False),
        "period": Field(label=_("Month")),
        "kind": Choice(label=_("Kind"), choices=KINDS),
        "deductions": Field(label=_("Kept back")),
        "net": Field(label=_("Net pay")),
        "employer": Field(label=_("Employer's part")),
        "lines.name": Field(label=_("Name on the payslip")),
        "lines.kind": Choice(label=_("Kind"), choices=COMPONENT_KINDS),
    }
    tabs = [Tab("payslip", _("All figures"), print_payslip)]
    rights = Rights("hr.payslip", only_read=True)
