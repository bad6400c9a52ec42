"""What the database refuses by itself: what has left is not rewritten."""

from __future__ import annotations

from dougong import _
from dougong.triggers import Apart, Protected, ProtectedParts, protections
from dougong_base import counted
from dougong_logistics.returns.models import ReturnLine
from dougong_logistics.shipments.models import ShipmentLine

GONE = _("The shipment has left: what travels and what it costs are not changed any more.")
PAID = _("The statement was accepted: enter another one for what is missing.")
COVERED = _("Another tariff of this service covers the same zone at that time.")
LEFT = "'handed_over', 'under_way', 'delivered', 'failed', 'returned'"

PARTS = [
    ("logistics_shipment_line", "logistics_shipment", "shipment_id", LEFT, GONE),
    ("logistics_parcel", "logistics_shipment", "shipment_id", LEFT, GONE),
    ("logistics_statement_line", "logistics_statement", "statement_id", "'accepted'", PAID),
]
#: What a shipment keeps once it is with the carrier.
KEPT = ("party_id", "address_id", "service_id", "cost", "handed_over_on", "ship_on")

#: Quantities in a unit, none finer than it is counted.
COUNTED = counted(ReturnLine, ShipmentLine)

protect_all, unprotect_all = protections(
    [
        Protected(
            "logistics_shipment", "left", GONE, ("UPDATE",), f"OLD.state IN ({LEFT})", KEPT
        ),
        Protected("logistics_shipment", "kept", GONE, ("DELETE",), f"OLD.state IN ({LEFT})"),
        Protected("logistics_statement", "accepted", PAID, when="OLD.state = 'accepted'"),
        *(
            ProtectedParts(
                table, whole, column, "done", sentence,
                f"whole.state IN ({states}) AND whole.number IS NOT NULL",
                ("INSERT", f"UPDATE OF {column}", "DELETE"),
            )
            for table, whole, column, states, sentence in PARTS
        ),
        Apart(
            "logistics_tariff", "service_id", "valid_from", "valid_until", "apart", COVERED,
            alike=("country", "postcode"),
        ),
        *COUNTED,
    ]
)  # fmt: skip
