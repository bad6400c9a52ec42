"""The states of a delivery and the steps between them."""

from __future__ import annotations

from dougong import Ask, State, Step, Workflow, _, later

_plan = later("dougong_inventory.deliveries.service:plan")
_reserve = later("dougong_inventory.deliveries.service:reserve")
_release = later("dougong_inventory.deliveries.service:release")
_ship = later("dougong_inventory.deliveries.service:ship_deliveries")
_cancel = later("dougong_inventory.deliveries.service:cancel")


OPEN = ("waiting", "partial", "ready")
_MOVED = _("Its goods have left the stock; a return brings them back.")


DELIVERY_STEPS = Workflow(
    "inventory.deliveries",
    states=[
        State("draft", _("Draft"), editable=True),
        State("waiting", _("Waiting"), "orange", editable=True),
        State("partial", _("Partly ready"), "yellow", editable=True),
        State("ready", _("Ready"), "blue", editable=True),
        State("shipped", _("Shipped"), "green", why=_MOVED),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "plan", _("Plan"), ["draft"], "waiting", "inventory.delivery.reserve", _plan,
            primary=True, icon="calendar-check",
        ),
        Step(
            "ship", _("Ship"), ["partial", "ready"], "shipped", "inventory.delivery.ship", _ship,
            primary=True, icon="truck-delivery", asks=[Ask("on", _("Date"), "date")],
        ),
        Step(
            "reserve", _("Reserve"), ["waiting", "partial"], "ready", "inventory.delivery.reserve",
            _reserve, icon="bookmark",
        ),
        Step(
            "release", _("Release"), ["partial", "ready"], "waiting", "inventory.delivery.reserve",
            _release, icon="bookmark-off",
        ),
        Step(
            "cancel", _("Cancel"), ["draft", *OPEN], "cancelled", "inventory.delivery.cancel", _cancel,
            icon="ban", confirm=_("Its reservations are released, and nothing will leave."),
            reason="optional",
        ),
    ],
)  # fmt: skip
