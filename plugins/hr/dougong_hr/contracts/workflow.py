"""The life of a contract."""

from dougong import Ask, State, Step, Workflow, _, later

KINDS = {
    "permanent": _("Permanent"),
    "fixed": _("Fixed term"),
    "part": _("Part time"),
    "intern": _("Internship"),
    "casual": _("Casual work"),
}

CONTRACT_STEPS = Workflow(
    "hr.contracts",
    states=[
        State("draft", _("Draft"), editable=True),
        State("active", _("In force"), "green"),
        State("ended", _("Ended")),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "sign",
            _("Signed"),
            ["draft"],
            "active",
            needs="hr.contract.sign",
            effect=later("dougong_hr.contracts.service:sign_contracts"),
            primary=True,
            icon="signature",
        ),
        Step(
            "change",
            _("New terms"),
            ["active"],
            "active",
            needs="hr.contract.sign",
            effect=later("dougong_hr.contracts.service:change_terms"),
            icon="edit",
            asks=[
                Ask("from_on", _("From"), "date", required=True),
                Ask("wage", _("Monthly wage"), "amount"),
                Ask("hours_week", _("Hours a week"), "quantity"),
            ],
        ),
        Step(
            "end",
            _("End"),
            ["active"],
            "ended",
            needs="hr.contract.sign",
            effect=later("dougong_hr.contracts.service:end_contracts"),
            icon="calendar-off",
            asks=[Ask("on", _("Last day"), "date", required=True)],
        ),
        Step(
            "cancel",
            _("Cancel"),
            ["draft"],
            "cancelled",
            needs="hr.contract.write",
            effect=later("dougong_hr.contracts.service:cancel_contracts"),
            icon="x",
        ),
    ],
)
