"""The states of a lead."""

from dougong import Ask, State, Step, Workflow, _, later

LEAD_STEPS = Workflow(
    "crm.leads",
    states=[
        State("new", _("New"), "blue", editable=True),
        State("contacted", _("Contacted"), "cyan", editable=True),
        State("converted", _("Converted"), "green"),
        State("lost", _("Lost"), "red", aside=True),
    ],
    steps=[
        Step("contact", _("Contacted"), ["new"], "contacted", needs="crm.lead.write", icon="phone"),
        Step(
            "convert",
            _("Make an opportunity"),
            ["new", "contacted"],
            "converted",
            needs="crm.lead.convert",
            effect=later("dougong_crm.leads.service:convert_leads"),
            primary=True,
            icon="target-arrow",
        ),
        Step(
            "lose",
            _("Give up"),
            ["new", "contacted"],
            "lost",
            needs="crm.lead.write",
            effect=later("dougong_crm.leads.service:lose_leads"),
            icon="x",
            asks=[Ask("reason", _("Reason"), "text")],
        ),
        Step("reopen", _("Open again"), ["lost"], "new", needs="crm.lead.write", icon="arrow-back"),
    ],
)
