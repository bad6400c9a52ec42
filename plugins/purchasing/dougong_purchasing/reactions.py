"""What purchasing does when the warehouse or the ledger has news."""

from dougong import Reaction
from dougong_base.events import (
    GoodsReceived,
    GoodsShipped,
    InvoiceCancelled,
    InvoiceDrafted,
    InvoicePaid,
    SupplyRequested,
)
from dougong_purchasing.matches.service import note_bills, note_gone
from dougong_purchasing.orders.billing import note_cancelled, note_drafts, note_paid
from dougong_purchasing.orders.news import (
    cancelled_unheard,
    paid_unheard,
    received_unheard,
    shipped_unheard,
)
from dougong_purchasing.orders.receipts import note_received, note_shipped
from dougong_purchasing.requests.service import note_supply

REACTIONS = [
    Reaction(GoodsReceived, note_received, news=received_unheard),
    Reaction(GoodsShipped, note_shipped, news=shipped_unheard),
    Reaction(InvoiceDrafted, note_drafts),
    Reaction(InvoiceCancelled, note_cancelled, news=cancelled_unheard),
    Reaction(InvoiceDrafted, note_bills),
    Reaction(InvoiceCancelled, note_gone),
    Reaction(SupplyRequested, note_supply),
    Reaction(InvoicePaid, note_paid, news=paid_unheard),
]
