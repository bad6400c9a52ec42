"""The road of a payroll."""

from dougong import Ask, State, Step, Workflow, _, later

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
            effect=later("dougong_hr.payroll.service:compute_payrolls"),
            primary=True,
            icon="calculator",
        ),
        Step(
            "post",
            _("Post"),
            ["computed"],
            "posted",
            needs="hr.payroll.post",
            effect=later("dougong_hr.payroll.posting:post_payrolls"),
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
            effect=later("dougong_hr.payroll.service:cancel_payrolls"),
            icon="x",
            confirm=_("The computed payslips are thrown away."),
        ),
    ],
)
