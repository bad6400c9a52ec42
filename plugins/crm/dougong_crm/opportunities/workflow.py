"""The states of an opportunity."""

from dougong import Ask, State, Step, Workflow, _, later

SERVICE = "dougong_crm.opportunities.service"

OPPORTUNITY_STEPS = Workflow(
    "crm.opportunities",
    states=[
        State("open", _("In progress"), "blue", editable=True),
        State("won", _("Won"), "green"),
        State("lost", _("Lost"), "red", aside=True),
    ],
    steps=[
        Step(
            "quote",
            _("Write a quote"),
            ["open"],
            "open",
            needs="crm.quote.create",
            effect=later(f"{SERVICE}:start_quotes"),
            primary=True,
            icon="file-dollar",
        ),
        Step(
            "win",
            _("Won"),
            ["open"],
            "won",
            needs="crm.opportunity.write",
            effect=later(f"{SERVICE}:win_opportunities"),
            icon="trophy",
            asks=[Ask("on", _("Date"), "date")],
        ),
        Step(
            "lose",
            _("Lost"),
            ["open"],
            "lost",
            needs="crm.opportunity.write",
            effect=later(f"{SERVICE}:lose_opportunities"),
            icon="mood-sad",
            asks=[Ask("reason", _("Reason"), "text", required=True), Ask("on", _("Date"), "date")],
        ),
        Step(
            "reopen",
            _("Open again"),
            ["won", "lost"],
            "open",
            needs="crm.opportunity.write",
            effect=later(f"{SERVICE}:reopen_opportunities"),
            icon="arrow-back",
        ),
    ],
)
