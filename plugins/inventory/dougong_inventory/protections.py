"""What the database refuses by itself: moves are facts, and what is done is done."""

from __future__ import annotations

from dougong import _
from dougong.triggers import Protected, ProtectedParts, protections
from dougong_base import counted
from dougong_inventory.counts.models import CountLine
from dougong_inventory.deliveries.models import DeliveryLine
from dougong_inventory.moves.models import Move
from dougong_inventory.openings.models import OpeningLine
from dougong_inventory.receipts.models import ReceiptLine
from dougong_inventory.replenishment.models import ReorderRule
from dougong_inventory.reservations.models import Reservation
from dougong_inventory.scraps.models import ScrapLine
from dougong_inventory.transfers.models import TransferLine

FACT = _("A stock move is a fact: it is never changed or deleted.")
MOVED = _(
    "Goods have moved: what is done is not changed. Correct it by a return, a count or a transfer."
)
COMPUTED = _("What was computed is not changed. Change the figure by hand, with the reason.")
HELD = _("Goods are put aside for this line. Release the reservation first.")
#: The number comes with the last write of the step itself.
NUMBERED = "OLD.number IS NOT NULL"

RULES = [
    Protected("inventory_move", "facts", FACT),
    Protected("inventory_forecast_line", "computed", COMPUTED, ("UPDATE",)),
    Protected("inventory_delivery_line", "shipped", MOVED, when="OLD.shipped > 0"),
    Protected("inventory_delivery_line", "held", HELD, ("DELETE",), "OLD.reserved > 0"),
    Protected(
        "inventory_delivery_line",
        "held_product",
        HELD,
        ("UPDATE",),
        "OLD.reserved > 0 AND NEW.product_id <> OLD.product_id",
    ),
    Protected("inventory_delivery", "shipped", MOVED, when=f"OLD.state = 'shipped' AND {NUMBERED}"),
    Protected(
        "inventory_delivery",
        "warehouse",
        HELD,
        ("UPDATE",),
        "OLD.state <> 'draft' AND NEW.warehouse_id <> OLD.warehouse_id",
    ),
    Protected("inventory_receipt_line", "received", MOVED, when="OLD.received > 0"),
    Protected(
        "inventory_receipt", "received", MOVED, when=f"OLD.state = 'received' AND {NUMBERED}"
    ),
    Protected("inventory_transfer", "done", MOVED, when=f"OLD.state = 'done' AND {NUMBERED}"),
    Protected("inventory_count", "done", MOVED, when=f"OLD.state = 'done' AND {NUMBERED}"),
    Protected("inventory_scrap", "done", MOVED, when=f"OLD.state = 'done' AND {NUMBERED}"),
    Protected("inventory_opening", "done", MOVED, when=f"OLD.state = 'done' AND {NUMBERED}"),
]

#: Lines, what they are lines of and by which column, and when that is done.
PARTS = [
    ("inventory_delivery_line", "inventory_delivery", "delivery_id", "shipped"),
    ("inventory_receipt_line", "inventory_receipt", "receipt_id", "received"),
    ("inventory_transfer_line", "inventory_transfer", "transfer_id", "done"),
    ("inventory_count_line", "inventory_count", "count_id", "done"),
    ("inventory_scrap_line", "inventory_scrap", "scrap_id", "done"),
    ("inventory_opening_line", "inventory_opening", "opening_id", "done"),
]

#: Quantities in a unit, none finer than it is counted.
COUNTED = counted(
    CountLine,
    DeliveryLine,
    Move,
    OpeningLine,
    ReceiptLine,
    ReorderRule,
    Reservation,
    ScrapLine,
    TransferLine,
)

protect_all, unprotect_all = protections(
    [
        *RULES,
        *(
            ProtectedParts(
                table, whole, column, "done", MOVED,
                f"whole.state = '{done}' AND whole.number IS NOT NULL",
                # What is done is written together with its lines, in any order: changes of a
                # line have their own rules above.
                ("INSERT", f"UPDATE OF {column}", "DELETE"),
            )
            for table, whole, column, done in PARTS
        ),
        *COUNTED,
    ]
)  # fmt: skip
