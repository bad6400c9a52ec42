"""Who does what in finance."""

from __future__ import annotations

from dougong import Role, _

#: What everyone in finance looks up.
_LOOK = (
    "base.party.read", "base.product.read", "base.category.read", "base.unit.read",
    "base.currency.read", "base.tax.read", "base.term.read",
)  # fmt: skip
_READ = tuple(
    f"finance.{noun}.read"
    for noun in (
        "account", "rule", "journal", "year", "period", "entry", "invoice", "payment", "report",
    )
)  # fmt: skip

ROLES = [
    Role("finance.accountant", _("Accountant"), [*_LOOK, "base.portal.invite", "finance.*"]),
    Role(
        "finance.clerk",
        _("Accounting clerk"),
        [
            *_LOOK, *_READ,
            "finance.invoice.create", "finance.invoice.write", "finance.invoice.post",
            "finance.invoice.cancel", "finance.payment.create", "finance.payment.write",
            "finance.payment.post", "finance.payment.allocate", "finance.entry.create",
            "finance.entry.write",
        ],
    ),
    Role("finance.auditor", _("Auditor (reads only)"), [*_LOOK, *_READ]),
]  # fmt: skip
