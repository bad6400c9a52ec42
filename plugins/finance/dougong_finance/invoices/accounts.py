"""Which accounts an invoice is booked on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dougong_base.ports import StockAvailability
from dougong_finance.accounts.uses import account_uses
from dougong_finance.invoices.models import Invoice
from dougong_finance.journals.queries import journal_for

if TYPE_CHECKING:
    from dougong import UnitOfWork
    from dougong_base import Product


def party_account(uow: UnitOfWork, company: int, to_customer: bool) -> int:
    """Where the total stands until it is paid."""
    return account_uses(uow).of(company, "receivable" if to_customer else "payable")


def line_account(uow: UnitOfWork, company: int, to_customer: bool, product: Product | None) -> int:
    """Where what was sold or bought is booked.

    Goods from a supplier meet their receipt on the clearing account, where somebody keeps stock.
    """
    purpose = "income" if to_customer else bill_purpose(uow, product)
    return purpose_account(uow, company, purpose, product)


def bill_purpose(uow: UnitOfWork, product: Product | None) -> str:
    """Goods meet their receipt on the clearing account; everything else is an expense."""
    if product is not None and product.kind == "goods" and _counts_stock(uow):
        return "goods_received"
    return "expense"


def purpose_account(uow: UnitOfWork, company: int, purpose: str, product: Product | None) -> int:
    """The account that serves a purpose, for this product if it has its own."""
    uses = account_uses(uow)
    if product is None:
        return uses.of(company, purpose)
    return uses.of(company, purpose, product=product.id, category=product.category_id)


def _counts_stock(uow: UnitOfWork) -> bool:
    return uow.ask(StockAvailability) is not None


def tax_account(uow: UnitOfWork, company: int, to_customer: bool, tax: int) -> int:
    """Where a tax is booked."""
    return account_uses(uow).of(company, "output_tax" if to_customer else "input_tax", tax=tax)


def prepare(uow: UnitOfWork, invoice: Invoice) -> None:
    """Give an invoice its journal and its account, unless somebody chose them."""
    company, to_customer = invoice.company_id, invoice.to_customer
    if invoice.journal_id is None:
        kind = "sales" if to_customer else "purchase"
        invoice.journal_id = journal_for(uow, company, kind)
    if invoice.account_id is None:
        invoice.account_id = party_account(uow, company, to_customer)
