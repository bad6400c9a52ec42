"""Who may do what in purchasing."""

from __future__ import annotations

from dougong import Permission, Role, _

LOOK_UP = [
    "base.party.read", "base.product.read", "base.category.read", "base.unit.read",
    "base.currency.read", "base.tax.read", "base.term.read",
]  # fmt: skip
BUYER = Role(
    "purchasing.buyer",
    _("Buyer"),
    [
        *LOOK_UP, "base.cost.read",
        "purchasing.order.read", "purchasing.order.create", "purchasing.order.write",
        "purchasing.order.delete", "purchasing.order.confirm",
        "purchasing.order.change", "purchasing.order.cancel",
        "purchasing.return.*", "purchasing.term.*", "purchasing.score.read",
        "purchasing.request.*", "purchasing.rfq.*", "purchasing.quote.*",
        "purchasing.match.read", "purchasing.landed.*",
        "purchasing.blanket.read", "purchasing.blanket.create", "purchasing.blanket.write",
    ],
)  # fmt: skip
MANAGER = Role(
    "purchasing.manager",
    _("Purchasing manager"),
    [*LOOK_UP, "base.party.*", "base.cost.read", "purchasing.*"],
)
REQUESTER = Role(
    "purchasing.requester",
    _("Requester"),
    [
        *LOOK_UP, "purchasing.request.read", "purchasing.request.create",
        "purchasing.request.write", "purchasing.request.delete", "purchasing.request.submit",
    ],
)  # fmt: skip
ROLES = [BUYER, MANAGER, REQUESTER]
PERMISSIONS = [
    Permission("purchasing.order.override", _("Buy from blocked suppliers")),
]
