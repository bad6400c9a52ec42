"""What follows from the customer and the products: the same for page, API and import."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from dougong import ZERO, rounded_to
from dougong.companies.models import Company
from dougong_base import CannotConvert, Party, Product, Tax, Unit, convert
from dougong_base.ports import SalesPrices
from dougong_crm.selling.totals import settle


def derive_priced(document: Any, facts: Any, on: dt.date | None) -> None:
    """Terms from the customer; texts, units, prices and taxes from the products; then totals."""
    _from_customer(document, facts)
    for line in document.lines:
        product = facts.get(Product, line.product_id)
        if product is not None:
            _from_product(document, line, product, facts, on or facts.today)
    taxes = {line.tax_id: facts.get(Tax, line.tax_id) for line in document.lines if line.tax_id}
    if document.currency:
        settle(document, taxes, facts.setting("base.tax_rounding"))


def _from_customer(document: Any, facts: Any) -> None:
    customer = facts.get(Party, document.customer_id)
    if facts.fresh(document, "currency", on="customer"):
        company = facts.get(Company, document.company_id or facts.actor.company_id)
        document.currency = (customer and customer.currency) or company.currency
    if customer and facts.fresh(document, "payment_term", on="customer"):
        document.payment_term_id = customer.payment_term_id


def _from_product(document: Any, line: Any, product: Product, facts: Any, on: dt.date) -> None:
    line.kind, line.cost = product.kind, product.cost_price
    if line.quantity is None:
        line.quantity = Decimal(1)
    if facts.fresh(line, "description", on="product"):
        line.description = product.name
    if facts.fresh(line, "unit", on="product") or line.unit_id is None:
        line.unit_id = product.unit_id
    if facts.fresh(line, "tax", on="product"):
        line.tax_id = product.sales_tax_id
    unit_fits = _count(line, product, facts)
    if facts.fresh(line, "discount") or (
        facts.changed(document, "discount") and not facts.changed(line, "discount")
    ):
        line.discount = document.discount or ZERO
    if unit_fits and (line.price is None or _price_follows(document, line, product, facts, on)):
        price = _price(document, line, product, facts, on)
        if price is not None:
            line.price = price


def _count(line: Any, product: Product, facts: Any) -> bool:
    """The quantity in the product's own unit; says so where the units do not fit."""
    if line.unit_id == product.unit_id:
        line.own_quantity = line.quantity
        return True
    unit, own = facts.get(Unit, line.unit_id), facts.get(Unit, product.unit_id)
    try:
        line.own_quantity = convert(line.quantity, unit, own)
    except CannotConvert as problem:
        facts.error(line, "unit", problem.sentence)
        return False
    return True


def _price_follows(document: Any, line: Any, product: Product, facts: Any, on: dt.date) -> bool:
    """Whether nobody typed the price, and something it depends on has changed."""
    if facts.changed(line, "price"):
        return False
    if facts.fresh(line, "price", on="product") or facts.fresh(line, "price", on="unit"):
        return True
    if facts.changed(document, "customer", "currency"):
        return True
    if not facts.fresh(line, "price", on="quantity"):
        return False
    prices = facts.ask(SalesPrices)
    known = getattr(prices, "knows", None)
    return known is None or bool(known(line.price, product, document.currency, on))


def _price(document: Any, line: Any, product: Product, facts: Any, on: dt.date) -> Decimal | None:
    """The price of one of the line's unit."""
    prices = facts.ask(SalesPrices)
    price: Decimal | None = product.sales_price
    if prices is not None and document.currency:
        price = prices.of(
            [product.id],
            customer_id=document.customer_id,
            quantity=line.own_quantity,
            currency=document.currency,
            on=on,
        ).get(product.id)
    if price is None or line.own_quantity == line.quantity or not line.quantity:
        return price
    factor: Decimal = line.own_quantity / line.quantity
    return rounded_to(price * factor)
