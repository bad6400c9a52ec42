"""The states of an opportunity."""

from dougong import Ask, State, Step, Workflow, _
from dougong_crm.steps import later

SERVICE = "opportunities.service"

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
            effect=later("start_quotes", SERVICE),
            primary=True,
            icon="file-dollar",
        ),
        Step(
            "win",
            _("Won"),
            ["open"],
            "won",
            needs="crm.opportunity.write",
            effect=later("win_opportunities", SERVICE),
            icon="trophy",
            asks=[Ask("on", _("Date"), "date")],
        ),
        Step(
            "lose",
            _("Lost"),
            ["open"],
            "lost",
            needs="crm.opportunity.write",
            effect=later("lose_opportunities", SERVICE),
            icon="mood-sad",
            asks=[Ask("reason", _("Reason"), "text", required=True), Ask("on", _("Date"), "date")],
        ),
        Step(
            "reopen",
            _("Open again"),
            ["won", "lost"],
            "open",
            needs="crm.opportunity.write",
            effect=later("reopen_opportunities", SERVICE),
            icon="arrow-back",
        ),
    ],
)
