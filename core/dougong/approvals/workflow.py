"""The road of what waits for approval."""

from dougong.i18n import _, pgettext
from dougong.workflows import Ask, State, Step, Workflow, later

APPROVAL_STEPS = Workflow(
    "core.approvals",
    states=[
        State("waiting", pgettext("approval", "Waiting"), "blue"),
        State("approved", _("Approved"), "green"),
        State("refused", _("Refused"), "red", aside=True),
        State("withdrawn", _("Withdrawn"), aside=True),
    ],
    steps=[
        Step(
            "approve", _("Approve"), ["waiting"], "approved", needs="core.approval.decide",
            effect=later("dougong.approvals.service:approve"), primary=True, icon="check",
            asks=[Ask("reason", _("Note"))],
        ),
        Step(
            "refuse", _("Refuse"), ["waiting"], "refused", needs="core.approval.decide",
            effect=later("dougong.approvals.service:refuse"), icon="x",
            asks=[Ask("reason", _("Reason"), required=True)],
        ),
        Step(
            "withdraw", _("Withdraw"), ["waiting"], "withdrawn", needs="core.approval.decide",
            effect=later("dougong.approvals.service:withdraw"), icon="arrow-back-up",
        ),
    ],
)  # fmt: skip
