"""What is to be invoiced, told alike for sales and purchases."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dougong import DocumentRef
from dougong_base.events import PurchaseBillable, PurchaseLine, SaleBillable, SaleLine
from dougong_finance.invoices.accounts import bill_purpose, line_account, purpose_account
from dougong_finance.invoices.parts import InvoiceLine

if TYPE_CHECKING:
    from decimal import Decimal

    from dougong import UnitOfWork
    from dougong_base import Product


@dataclass(frozen=True, slots=True)
class Billable:
    """One invoice to be: whose it is, what it is for, and what the goods came or left with."""

    source: DocumentRef
    company_id: int
    party_id: int
    #: The kind of the invoice, and of the credit note that takes it back.
    kinds: tuple[str, str]
    on: dt.date
    currency: str
    payment_term_id: int | None
    reference: str
    lines: tuple[SaleLine, ...] | tuple[PurchaseLine, ...]
    #: The delivery or the receipt; linked to the invoice too.
    goods: DocumentRef | None
    purpose: str = ""

    @property
    def key(self) -> str:
        """The same source, delivery and lines are billed once."""
        told = sorted((line.line_id, str(line.quantity.normalize())) for line in self.lines)
        said = repr((told, None if self.goods else self.on))
        digest = hashlib.sha256(said.encode()).hexdigest()
        parts = (self.source, self.goods) if self.goods else (self.source,)
        return "/".join([*(f"{kind}:{id}" for kind, id in parts), digest[:24]])


def of_sale(event: SaleBillable) -> Billable:
    """What a customer owes."""
    return Billable(
        event.source, event.company_id, event.customer_id,
        ("customer_invoice", "customer_credit"), event.on, event.currency,
        event.payment_term_id, event.reference, event.lines, event.delivery,
    )  # fmt: skip


def of_purchase(event: PurchaseBillable) -> Billable:
    """What we owe a supplier."""
    return Billable(
        event.source, event.company_id, event.supplier_id,
        ("supplier_bill", "supplier_credit"), event.on, event.currency,
        event.payment_term_id, event.reference, event.lines, event.receipt, event.purpose,
    )  # fmt: skip


def invoice_line(
    uow: UnitOfWork, billable: Billable, line: SaleLine | PurchaseLine, product: Product, sign: int
) -> InvoiceLine:
    """The line of the draft: its account, and what already waits for it there."""
    row = InvoiceLine(
        product_id=line.product_id,
        description=(line.description or product.name)[:300],
        quantity=sign * line.quantity,
        price=line.price,
        discount=line.discount,
        tax_id=line.tax_ids[0] if line.tax_ids else None,
        source_line_id=line.line_id,
    )
    if isinstance(line, SaleLine):
        row.account_id = line_account(uow, billable.company_id, True, product)
    else:
        purpose = billable.purpose or bill_purpose(uow, product)
        row.account_id = purpose_account(uow, billable.company_id, purpose, product)
        row.accrued_cost = _accrued(purpose, line)
    return row


def _accrued(purpose: str, line: PurchaseLine) -> Decimal | None:
    return line.unit_cost if purpose in {"goods_received", "freight_accrued"} else None
