"""What sales does when the warehouse or the ledger has news."""

from dougong import Reaction
from dougong_base.events import (
    GoodsReceived,
    GoodsShipped,
    InvoiceCancelled,
    InvoiceDrafted,
    InvoicePaid,
)
from dougong_crm.orders.billing import note_cancelled, note_drafts, note_paid
from dougong_crm.orders.deliveries import note_received, note_shipped

REACTIONS = [
    Reaction(GoodsShipped, note_shipped),
    Reaction(GoodsReceived, note_received),
    Reaction(InvoiceDrafted, note_drafts),
    Reaction(InvoiceCancelled, note_cancelled),
    Reaction(InvoicePaid, note_paid),
]
