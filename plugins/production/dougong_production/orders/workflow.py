"""The states of a production order and the steps between them."""

from __future__ import annotations

from dougong import Ask, State, Step, Workflow, _, later

#: Orders that can be worked on.
UNDERWAY = ("released", "started")
#: Orders whose goods are still to come.
OPEN = ("draft", *UNDERWAY)

_SERVICE = "dougong_production.orders"
_ON = Ask("on", _("Date"), "date")

ORDER_STEPS = Workflow(
    "production.orders",
    states=[
        State("draft", _("Draft"), editable=True),
        State("released", _("Released"), "blue", editable=True),
        State("started", _("In progress"), "yellow", editable=True),
        State("done", _("Done"), "green"),
        State("closed", _("Closed"), "secondary"),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "release", _("Release"), ["draft"], "released", "production.order.release",
            later(f"{_SERVICE}.service:release_orders"), primary=True, icon="player-play",
            asks=[_ON],
        ),
        Step(
            "issue", _("Issue material"), UNDERWAY, "started", "production.order.issue",
            later(f"{_SERVICE}.material:issue_material"), icon="package-export", asks=[_ON],
        ),
        Step(
            "finish", _("Take in goods"), UNDERWAY, "done", "production.order.finish",
            later(f"{_SERVICE}.output:finish_orders"), primary=True, icon="package-import",
            asks=[
                Ask("quantity", _("Quantity"), "quantity", help=_("Empty: all that is open.")),
                Ask("lot", _("Lot or serial numbers")),
                _ON,
            ],
        ),
        Step(
            "scrap", _("Scrap"), UNDERWAY, "started", "production.order.finish",
            later(f"{_SERVICE}.output:scrap_goods"), icon="trash",
            asks=[
                Ask("quantity", _("Quantity"), "quantity", required=True),
                Ask("reason", _("Reason")),
            ],
        ),
        Step(
            "split", _("Split off"), ["draft", "released"], "draft", "production.order.write",
            later(f"{_SERVICE}.service:split_orders"), icon="arrows-split",
            asks=[Ask("quantity", _("Quantity of the new order"), "quantity", required=True)],
        ),
        Step(
            "close", _("Close"), [*UNDERWAY, "done"], "closed", "production.order.close",
            later(f"{_SERVICE}.closing:close_orders"), icon="lock", asks=[_ON],
            confirm=_("What it has cost beyond the goods received becomes a variance."),
        ),
        Step(
            "cancel", _("Cancel"), ["draft", "released"], "cancelled", "production.order.cancel",
            later(f"{_SERVICE}.closing:cancel_orders"), icon="ban",
            confirm=_("Material that was put aside for it is free again."), reason="optional",
        ),
    ],
)  # fmt: skip
