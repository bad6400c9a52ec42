"""What purchasing does when the warehouse or the ledger has news."""

from dougong import Reaction
from dougong_base.events import (
    CostsArose,
    GoodsReceived,
    GoodsShipped,
    InvoiceCancelled,
    InvoiceDrafted,
    InvoicePaid,
    InvoicePosted,
    StockValued,
    SupplyRequested,
)
from dougong_purchasing.events import OfferAsked
from dougong_purchasing.landed.telling import (
    not_valued,
    note_landed_bills,
    note_landed_gone,
    note_left,
    note_valued,
)
from dougong_purchasing.matches.service import note_bills, note_gone, note_posted
from dougong_purchasing.orders.news import received_unheard, shipped_unheard
from dougong_purchasing.orders.receipts import note_received, note_shipped
from dougong_purchasing.orders.sources import BOOK
from dougong_purchasing.requests.service import note_supply
from dougong_purchasing.rfqs.letters import write_to_suppliers

REACTIONS = [
    Reaction(GoodsReceived, note_received, news=received_unheard),
    Reaction(GoodsShipped, note_shipped, news=shipped_unheard),
    Reaction(InvoiceDrafted, BOOK.note_drafts),
    Reaction(InvoiceCancelled, BOOK.note_cancelled, news=BOOK.cancelled_unheard),
    Reaction(InvoiceDrafted, note_bills),
    Reaction(InvoiceCancelled, note_gone),
    Reaction(InvoicePosted, note_posted),
    Reaction(InvoiceDrafted, note_landed_bills),
    Reaction(InvoiceCancelled, note_landed_gone),
    Reaction(StockValued, note_valued, news=not_valued),
    Reaction(CostsArose, note_left, news=not_valued),
    Reaction(SupplyRequested, note_supply),
    Reaction(InvoicePaid, BOOK.note_paid, news=BOOK.paid_unheard),
    Reaction(OfferAsked, write_to_suppliers, mode="after_commit"),
]
