"""The states of a return."""

from dougong import Ask, State, Step, Workflow, _, later

RETURN_STEPS = Workflow(
    "purchasing.returns",
    states=[
        State("draft", _("Draft"), editable=True),
        State("confirmed", _("To be sent back"), "blue"),
        State("done", _("Sent back"), "green"),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "confirm",
            _("Confirm"),
            ["draft"],
            "confirmed",
            needs="purchasing.return.confirm",
            effect=later("dougong_purchasing.returns.service:confirm_returns"),
            primary=True,
            icon="circle-check",
            asks=[Ask("on", _("Date"), "date")],
        ),
        Step(
            "cancel",
            _("Cancel"),
            ["draft"],
            "cancelled",
            needs="purchasing.return.confirm",
            effect=later("dougong_purchasing.returns.service:cancel_returns"),
            icon="x",
            reason="optional",
        ),
    ],
)
