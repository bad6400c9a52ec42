"""The road of a payroll."""

from dougong import Ask, State, Step, Workflow, _
from dougong_hr.steps import later

KINDS = {"regular": _("Regular"), "correction": _("Correction")}

PAYROLL_STEPS = Workflow(
    "hr.payrolls",
    states=[
        State("draft", _("Draft"), editable=True),
        State("computed", _("Computed"), "blue"),
        State("posted", _("Posted"), "green"),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "compute",
            _("Compute payslips"),
            ["draft", "computed"],
            "computed",
            needs="hr.payroll.compute",
            effect=later("compute_payrolls", "payroll.service"),
            primary=True,
            icon="calculator",
        ),
        Step(
            "post",
            _("Post"),
            ["computed"],
            "posted",
            needs="hr.payroll.post",
            effect=later("post_payrolls", "payroll.posting"),
            primary=True,
            icon="circle-check",
            confirm=_("Payslips are final then; later changes are corrections."),
            asks=[Ask("on", _("Date"), "date")],
        ),
        Step(
            "cancel",
            _("Give up"),
            ["draft", "computed"],
            "cancelled",
            needs="hr.payroll.compute",
            effect=later("cancel_payrolls", "payroll.service"),
            icon="x",
            confirm=_("The computed payslips are thrown away."),
        ),
    ],
)
