"""What follows from the party, the products and the taxes while an invoice is written."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from dougong import ZERO
from dougong.companies.currency import currency_of
from dougong_base import Party, Product, Tax
from dougong_finance.invoices.accounts import line_account, prepare
from dougong_finance.invoices.drafting import TAX_ROUNDING
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.parts import InvoiceLine
from dougong_finance.invoices.totals import add_up

if TYPE_CHECKING:
    from dougong.resources.documents.facts import Facts


def derive_invoice(invoice: Invoice, facts: Facts) -> None:
    """Currency, term, prices, taxes and accounts unless typed; amounts and totals always."""
    uow = facts.uow
    invoice.company_id = invoice.company_id or uow.company_id
    invoice.kind = invoice.kind or "customer_invoice"
    if facts.fresh(invoice, "issued_on"):
        invoice.issued_on = facts.today
    _follow_party(invoice, facts)
    for line in invoice.lines:
        _follow_product(invoice, line, facts)
    taxes = {
        line.tax_id: tax
        for line in invoice.lines
        if line.tax_id and (tax := facts.get(Tax, line.tax_id)) is not None
    }
    add_up(invoice, taxes, facts.setting(TAX_ROUNDING))
    prepare(uow, invoice)


def _follow_party(invoice: Invoice, facts: Facts) -> None:
    party = facts.get(Party, invoice.party_id)
    own = invoice.company_currency = currency_of(facts.uow, invoice.company_id)
    if facts.fresh(invoice, "currency", on="party"):
        invoice.currency = (party.currency if party else None) or own
    if party is not None:
        invoice.party_name = party.name
        if facts.fresh(invoice, "payment_term", on="party"):
            invoice.payment_term_id = (
                party.payment_term_id if invoice.to_customer else party.supplier_term_id
            )


def _follow_product(invoice: Invoice, line: InvoiceLine, facts: Facts) -> None:
    product = facts.get(Product, line.product_id)
    if facts.fresh(line, "quantity"):
        line.quantity = Decimal(1)
    if product is not None:
        if facts.fresh(line, "price", on="product"):
            line.price = _price(invoice, product, facts)
        if facts.fresh(line, "description", on="product"):
            line.description = product.name
        if facts.fresh(line, "tax", on="product"):
            line.tax_id = product.sales_tax_id if invoice.to_customer else product.purchase_tax_id
    line.price = line.price or ZERO
    line.discount = line.discount or ZERO
    if facts.fresh(line, "account", on="product"):
        line.account_id = line_account(facts.uow, invoice.company_id, invoice.to_customer, product)


def _price(invoice: Invoice, product: Product, facts: Facts) -> Decimal:
    if invoice.to_customer:
        return product.sales_price
    return product.cost_price if facts.actor.may("base.cost.read") else ZERO
