"""Questions departments ask each other. Whoever is not there leaves the asker its neutral answer."""

from dougong_base.ports.demand import (
    DeliveryDates,
    Demand,
    DemandForecast,
    SalesUnderway,
    Sold,
)
from dougong_base.ports.money import (
    BillLine,
    CreditStanding,
    LedgerBalance,
    ProductCost,
    Standing,
    SupplierBill,
    SupplierBills,
)
from dougong_base.ports.people import (
    Absences,
)
from dougong_base.ports.quality import (
    GoodsToInspect,
    RefusedGoods,
)
from dougong_base.ports.sales import (
    FreightQuote,
    FreightRates,
    SalesPrices,
)
from dougong_base.ports.stock import (
    Movement,
    StockApart,
    StockAvailability,
    StockOutlook,
)
from dougong_base.ports.supply import (
    Offer,
    ProductionUnderway,
    PurchasesUnderway,
    SupplierOffers,
)

__all__ = [
    "Absences",
    "BillLine",
    "CreditStanding",
    "DeliveryDates",
    "Demand",
    "DemandForecast",
    "FreightQuote",
    "FreightRates",
    "GoodsToInspect",
    "LedgerBalance",
    "Movement",
    "Offer",
    "ProductCost",
    "ProductionUnderway",
    "PurchasesUnderway",
    "RefusedGoods",
    "SalesPrices",
    "SalesUnderway",
    "Sold",
    "Standing",
    "StockApart",
    "StockAvailability",
    "StockOutlook",
    "SupplierBill",
    "SupplierBills",
    "SupplierOffers",
]
