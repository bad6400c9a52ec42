"""The states of a return."""

from dougong import Ask, State, Step, Workflow, _, later

RETURN_STEPS = Workflow(
    "crm.returns",
    states=[
        State("draft", _("Draft"), editable=True),
        State("confirmed", _("Awaited"), "blue"),
        State("done", _("Received"), "green"),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "confirm",
            _("Confirm"),
            ["draft"],
            "confirmed",
            needs="crm.return.confirm",
            effect=later("dougong_crm.returns.service:confirm_returns"),
            primary=True,
            icon="circle-check",
            asks=[Ask("on", _("Date"), "date")],
        ),
        Step(
            "replace",
            _("Send the same again"),
            ["confirmed", "done"],
            "confirmed",
            needs="crm.order.create",
            effect=later("dougong_crm.returns.replacing:replace_returns"),
            icon="replace",
        ),
        Step(
            "cancel",
            _("Cancel"),
            ["draft"],
            "cancelled",
            needs="crm.return.confirm",
            effect=later("dougong_crm.returns.service:cancel_returns"),
            icon="x",
            reason="optional",
        ),
    ],
)
