"""The states of a shipment and the steps between them."""

from __future__ import annotations

from dougong import Ask, State, Step, Workflow, _, later, pgettext

_service = "dougong_logistics.shipments.service"
_pack = later(f"{_service}:pack")
_hand_over = later(f"{_service}:hand_over")
_depart = later(f"{_service}:depart")
_deliver = later(f"{_service}:deliver")
_fail = later(f"{_service}:fail")
_return = later(f"{_service}:bring_back")
_cancel = later(f"{_service}:cancel")
_combine = later("dougong_logistics.shipments.combining:combine")
_start_return = later("dougong_logistics.returns.service:start_returns")
_suggest = later(f"{_service}:suggest")

#: Before the goods have left.
OPEN = ("planned", "packed")
#: With the carrier.
OUT = ("handed_over", "under_way", "failed")

_ON = Ask("on", _("Date"), "date")

SHIPMENT_STEPS = Workflow(
    "logistics.shipments",
    states=[
        State("planned", pgettext("shipment", "Planned"), editable=True),
        State("packed", pgettext("shipment", "Packed"), "blue", editable=True),
        State("handed_over", _("Handed over"), "cyan"),
        State("under_way", _("Under way"), "purple"),
        State("delivered", pgettext("shipment", "Delivered"), "green"),
        State("failed", _("Delivery failed"), "orange", aside=True),
        State("returned", pgettext("shipment", "Returned"), "yellow", aside=True),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "pack", pgettext("shipment", "Pack"), ["planned"], "packed",
            "logistics.shipment.pack", _pack, primary=True, icon="package",
        ),
        Step(
            "hand_over", _("Hand over"), ["packed"], "handed_over",
            "logistics.shipment.hand_over", _hand_over, primary=True, icon="truck-loading", asks=[_ON],
        ),
        Step(
            "depart", _("Under way"), ["handed_over", "failed"], "under_way",
            "logistics.shipment.track", _depart, icon="truck",
        ),
        Step(
            "deliver", pgettext("shipment", "Delivered"), ["handed_over", "under_way", "failed"],
            "delivered", "logistics.shipment.deliver", _deliver, primary=True, icon="circle-check",
            asks=[
                Ask("received_by", _("Received by"), required=True), _ON, Ask("note", _("Note")),
            ],
        ),
        Step(
            "fail", _("Not delivered"), ["handed_over", "under_way"], "failed",
            "logistics.shipment.deliver", _fail, icon="alert-triangle",
            asks=[Ask("reason", _("Reason"), required=True)],
        ),
        Step(
            "return", _("Came back"), ["handed_over", "under_way", "failed"], "returned",
            "logistics.shipment.track", _return, icon="arrow-back-up",
        ),
        Step(
            "enter_return", _("Enter a return"), ["delivered", "failed", "returned"], "delivered",
            "logistics.return.create", _start_return, icon="receipt-refund",
        ),
        Step(
            "suggest", _("Suggest a carrier"), ["planned", "packed"], "planned",
            "logistics.shipment.pack", _suggest, icon="bulb",
        ),
        Step(
            "combine", _("Put together"), ["planned"], "planned",
            "logistics.shipment.pack", _combine, icon="arrows-join",
        ),
        Step(
            "cancel", _("Cancel"), list(OPEN), "cancelled", "logistics.shipment.cancel", _cancel,
            icon="ban", confirm=_("Nothing of it will be handed over."), reason="optional",
        ),
    ],
)  # fmt: skip
