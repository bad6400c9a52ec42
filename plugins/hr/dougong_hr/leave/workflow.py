"""The road of a request for leave."""

from dougong import Ask, State, Step, Workflow, _, later, pgettext

LEAVE_STEPS = Workflow(
    "hr.leaves",
    states=[
        State("draft", _("Draft"), editable=True),
        State("asked", pgettext("leave", "Asked for"), "blue"),
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
            effect=later("dougong_hr.leave.service:ask_leaves"),
            primary=True,
            icon="send",
        ),
        Step(
            "approve",
            _("Approve"),
            ["asked"],
            "approved",
            needs="hr.leave.approve",
            effect=later("dougong_hr.leave.service:approve_leaves"),
            primary=True,
            icon="circle-check",
        ),
        Step(
            "refuse",
            _("Refuse"),
            ["asked"],
            "refused",
            needs="hr.leave.approve",
            effect=later("dougong_hr.leave.service:refuse_leaves"),
            icon="x",
            asks=[Ask("reason", _("Reason"), required=True)],
        ),
        Step(
            "cancel",
            _("Withdraw"),
            ["asked", "approved"],
            "cancelled",
            needs="hr.leave.write",
            effect=later("dougong_hr.leave.service:cancel_leaves"),
            icon="arrow-back",
            confirm=_("The days are free again."),
        ),
    ],
)
