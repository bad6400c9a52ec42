"""The states of a framework agreement."""

from __future__ import annotations

from dougong import State, Step, Workflow, _, later

BLANKET_STEPS = Workflow(
    "purchasing.blankets",
    states=[
        State("draft", _("Draft"), editable=True),
        State("open", _("In force"), "blue"),
        State("closed", _("Closed"), "green"),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "agree", _("Put in force"), ["draft"], "open", needs="purchasing.blanket.agree",
            effect=later("dougong_purchasing.blankets.service:agree_blankets"),
            primary=True, icon="circle-check",
        ),
        Step(
            "call", _("Call off"), ["open"], "open", needs="purchasing.order.create",
            effect=later("dougong_purchasing.blankets.service:start_call_offs"),
            primary=True, icon="shopping-cart",
        ),
        Step(
            "close", _("Close"), ["open"], "closed", needs="purchasing.blanket.agree", icon="check"
        ),
        Step(
            "cancel", _("Cancel"), ["draft"], "cancelled", needs="purchasing.blanket.agree",
            icon="x", reason="optional",
        ),
    ],
)  # fmt: skip
