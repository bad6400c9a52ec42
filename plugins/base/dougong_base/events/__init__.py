"""The language of business: what departments tell each other. Plain values, past tense.

Quantities are in the product's own unit. Amounts are in the event's currency, without tax unless
a field says otherwise; ``amount`` is signed from the document's point of view (a credit is negative).
"""

from dougong_base.events.books import (
    CostLine,
    CostsArose,
    Taking,
    TakingsCounted,
)
from dougong_base.events.invoices import (
    BilledLine,
    InvoiceCancelled,
    InvoiceDrafted,
    InvoicePaid,
    InvoicePosted,
    PaymentMade,
    PaymentReceived,
)
from dougong_base.events.people import (
    AbsenceApproved,
    EmployeeJoined,
    EmployeeLeft,
)
from dougong_base.events.production import (
    GoodsRejected,
    GoodsReleased,
    IssuedLine,
    MadeLine,
    MaterialsIssued,
    MaterialsUsed,
    ProductionFinished,
    ProductionReleased,
    ProductionStopped,
    RejectedLine,
    UsedLine,
)
from dougong_base.events.purchases import (
    LandedCostAllocated,
    LandedLine,
    PurchaseBillable,
    PurchaseLine,
    PurchaseOrderCancelled,
    PurchaseOrderChanged,
    PurchaseOrderConfirmed,
    PurchaseReturned,
    RequestedSupply,
    SupplyRequested,
)
from dougong_base.events.sales import (
    SaleBillable,
    SaleLine,
    SaleReturned,
    SalesOrderCancelled,
    SalesOrderChanged,
    SalesOrderConfirmed,
)
from dougong_base.events.shipments import (
    DeliveryCancelled,
    DeliveryPlanned,
    PlannedLine,
    ShipmentDelivered,
)
from dougong_base.events.stock import (
    GoodsReceived,
    GoodsShipped,
    MovedLine,
    StockValued,
    ValuedLine,
)

__all__ = [
    "AbsenceApproved",
    "BilledLine",
    "CostLine",
    "CostsArose",
    "DeliveryCancelled",
    "DeliveryPlanned",
    "EmployeeJoined",
    "EmployeeLeft",
    "GoodsReceived",
    "GoodsRejected",
    "GoodsReleased",
    "GoodsShipped",
    "InvoiceCancelled",
    "InvoiceDrafted",
    "InvoicePaid",
    "InvoicePosted",
    "IssuedLine",
    "LandedCostAllocated",
    "LandedLine",
    "MadeLine",
    "MaterialsIssued",
    "MaterialsUsed",
    "MovedLine",
    "PaymentMade",
    "PaymentReceived",
    "PlannedLine",
    "ProductionFinished",
    "ProductionReleased",
    "ProductionStopped",
    "PurchaseBillable",
    "PurchaseLine",
    "PurchaseOrderCancelled",
    "PurchaseOrderChanged",
    "PurchaseOrderConfirmed",
    "PurchaseReturned",
    "RejectedLine",
    "RequestedSupply",
    "SaleBillable",
    "SaleLine",
    "SaleReturned",
    "SalesOrderCancelled",
    "SalesOrderChanged",
    "SalesOrderConfirmed",
    "ShipmentDelivered",
    "StockValued",
    "SupplyRequested",
    "Taking",
    "TakingsCounted",
    "UsedLine",
    "ValuedLine",
]
