"""The states of a quote."""

from dougong import Ask, State, Step, Workflow, _, later

SERVICE = "dougong_crm.quotes.service"

QUOTE_STEPS = Workflow(
    "crm.quotes",
    states=[
        State("draft", _("Draft"), editable=True),
        State("sent", _("Sent"), "blue"),
        State("accepted", _("Accepted"), "green"),
        State("rejected", _("Rejected"), "red", aside=True),
        State("expired", _("Expired"), "orange", aside=True),
        State("replaced", _("Replaced"), "secondary", aside=True),
    ],
    steps=[
        Step(
            "send",
            _("Send"),
            ["draft"],
            "sent",
            needs="crm.quote.send",
            effect=later(f"{SERVICE}:send_quotes"),
            primary=True,
            icon="send",
            asks=[Ask("on", _("Date"), "date")],
        ),
        Step(
            "accept",
            _("Make an order"),
            ["draft", "sent"],
            "accepted",
            needs="crm.order.create",
            effect=later(f"{SERVICE}:accept_quotes"),
            primary=True,
            icon="circle-check",
            asks=[Ask("on", _("Date"), "date")],
        ),
        Step(
            "reject",
            _("Rejected"),
            ["sent"],
            "rejected",
            needs="crm.quote.send",
            effect=later(f"{SERVICE}:reject_quotes"),
            icon="x",
            asks=[Ask("reason", _("Reason"), "text")],
        ),
        Step(
            "revise",
            _("Revise"),
            ["sent", "rejected", "expired"],
            "replaced",
            needs="crm.quote.create",
            effect=later(f"{SERVICE}:revise_quotes"),
            icon="versions",
        ),
    ],
)
