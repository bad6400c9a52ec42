"""The states of a change."""

from dougong import State, Step, Workflow, _, later

CHANGE_STEPS = Workflow(
    "crm.changes",
    states=[
        State("draft", _("Draft"), editable=True),
        State("applied", _("Applied"), "green"),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "apply",
            _("Apply"),
            ["draft"],
            "applied",
            needs="crm.change.apply",
            effect=later("dougong_crm.changes.service:apply_changes"),
            primary=True,
            icon="circle-check",
        ),
        Step(
            "cancel",
            _("Cancel"),
            ["draft"],
            "cancelled",
            needs="crm.change.write",
            icon="x",
            reason="optional",
        ),
    ],
)
