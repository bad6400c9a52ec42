"""What sales does when the warehouse or the ledger has news."""

from dougong import Reaction
from dougong_base.events import (
    GoodsReceived,
    GoodsShipped,
    InvoiceCancelled,
    InvoiceDrafted,
    InvoicePaid,
)
from dougong_crm.orders.deliveries import note_received, note_shipped
from dougong_crm.orders.news import received_unheard, shipped_unheard
from dougong_crm.orders.sources import BOOK

REACTIONS = [
    Reaction(GoodsShipped, note_shipped, news=shipped_unheard),
    Reaction(GoodsReceived, note_received, news=received_unheard),
    Reaction(InvoiceDrafted, BOOK.note_drafts),
    Reaction(InvoiceCancelled, BOOK.note_cancelled, news=BOOK.cancelled_unheard),
    Reaction(InvoicePaid, BOOK.note_paid, news=BOOK.paid_unheard),
]
