"""The states of a receipt and the steps between them."""

from __future__ import annotations

from dougong import Ask, State, Step, Workflow, _, later

_expect = later("dougong_inventory.receipts.service:expect")
_receive = later("dougong_inventory.receipts.service:receive")
_cancel = later("dougong_inventory.receipts.service:cancel")
_MOVED = _("Its goods are in stock; a return or a count corrects them.")


RECEIPT_STEPS = Workflow(
    "inventory.receipts",
    states=[
        State("draft", _("Draft"), editable=True),
        State("expected", _("Expected"), "blue", editable=True),
        State("received", _("Received"), "green", why=_MOVED),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "expect", _("Expect"), ["draft"], "expected", "inventory.receipt.write", _expect,
            icon="calendar-check",
        ),
        Step(
            "receive", _("Receive"), ["draft", "expected"], "received", "inventory.receipt.receive",
            _receive, primary=True, icon="package-import", asks=[Ask("on", _("Date"), "date")],
        ),
        Step(
            "cancel", _("Cancel"), ["draft", "expected"], "cancelled", "inventory.receipt.cancel",
            _cancel, icon="ban", confirm=_("The goods are no longer expected."), reason="optional",
        ),
    ],
)  # fmt: skip
