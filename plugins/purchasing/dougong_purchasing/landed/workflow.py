"""The states of landed costs."""

from __future__ import annotations

from dougong import Ask, State, Step, Workflow, _, later

LANDED_STEPS = Workflow(
    "purchasing.landed",
    states=[
        State("draft", _("Draft"), editable=True),
        State("allocated", _("Allocated"), "green"),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "allocate", _("Allocate"), ["draft"], "allocated", needs="purchasing.landed.allocate",
            effect=later("dougong_purchasing.landed.service:allocate_costs"),
            primary=True, icon="circle-check", asks=[Ask("on", _("Date"), "date")],
        ),
        Step(
            "cancel", _("Cancel"), ["draft", "allocated"], "cancelled",
            needs="purchasing.landed.allocate",
            effect=later("dougong_purchasing.landed.service:cancel_costs"), icon="x",
            confirm=_("What was allocated is taken back by its opposite."),
            asks=[Ask("on", _("Date"), "date")], reason="optional",
        ),
    ],
)  # fmt: skip
