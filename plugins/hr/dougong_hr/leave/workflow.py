"""The road of a request for leave."""

from dougong import Ask, State, Step, Workflow, _
from dougong_hr.steps import later

LEAVE_STEPS = Workflow(
    "hr.leaves",
    states=[
        State("draft", _("Draft"), editable=True),
        State("asked", _("Asked for"), "blue"),
        State("approved", _("Approved"), "green"),
        State("refused", _("Refused"), "red", aside=True),
        State("cancelled", _("Cancelled"), aside=True),
    ],
    steps=[
        Step(
            "ask",
            _("Ask for it"),
            ["draft"],
            "asked",
            needs="hr.leave.write",
            effect=later("ask_leaves", "leave.service"),
            primary=True,
            icon="send",
        ),
        Step(
            "approve",
            _("Approve"),
            ["asked"],
            "approved",
            needs="hr.leave.approve",
            effect=later("approve_leaves", "leave.service"),
            primary=True,
            icon="circle-check",
        ),
        Step(
            "refuse",
            _("Refuse"),
            ["asked"],
            "refused",
            needs="hr.leave.approve",
            effect=later("refuse_leaves", "leave.service"),
            icon="x",
            asks=[Ask("reason", _("Reason"), required=True)],
        ),
        Step(
            "cancel",
            _("Withdraw"),
            ["asked", "approved"],
            "cancelled",
            needs="hr.leave.write",
            effect=later("cancel_leaves", "leave.service"),
            icon="arrow-back",
            confirm=_("The days are free again."),
        ),
    ],
)
