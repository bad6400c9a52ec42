"""The road of a payroll."""

from dougong import Ask, State, Step, Workflow, _, later, pgettext

KINDS = {"regular": _("Regular"), "correction": _("Correction")}
#: Payslips may still be computed.
OPEN = ("draft", "computed")

PAYROLL_STEPS = Workflow(
    "hr.payrolls",
    states=[
        State("draft", _("Draft"), editable=True),
        State("computing", pgettext("payroll", "Being computed"), "cyan", aside=True),
        State("computed", _("Computed"), "blue"),
        State("posted", _("Posted"), "green"),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "compute",
            _("Compute payslips"),
            OPEN,
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
            "bonus",
            _("13th month"),
            OPEN,
            "draft",
            needs="hr.payinput.create",
            effect=later("dougong_hr.payroll.bonuses:enter_bonuses"),
            icon="gift",
            asks=[
                Ask("months", _("How many monthly wages; one unless you say so"), "quantity"),
                Ask("merged", _("Tax it with the month instead of by itself"), "flag"),
            ],
        ),
        Step(
            "queue",
            _("Compute in the background"),
            OPEN,
            "computing",
            needs="hr.payroll.compute",
            effect=later("dougong_hr.payroll.job:queue_payrolls"),
            icon="player-play",
        ),
        Step(
            "stop",
            _("Stop here"),
            ["computing"],
            "draft",
            needs="hr.payroll.compute",
            effect=later("dougong_hr.payroll.job:stop_payrolls"),
            icon="player-stop",
            confirm=_("The payslips that are computed are kept until you compute again."),
        ),
        Step(
            "transfer",
            _("Prepare bank file"),
            ["posted"],
            "posted",
            needs="hr.payroll.pay",
            effect=later("dougong_hr.transfers.service:prepare_transfers"),
            icon="building-bank",
        ),
        Step(
            "cancel",
            _("Give up"),
            OPEN,
            "cancelled",
            needs="hr.payroll.compute",
            effect=later("dougong_hr.payroll.service:cancel_payrolls"),
            icon="x",
            confirm=_("The computed payslips are thrown away."),
        ),
    ],
)
