"""What follows from the supplier and the products: the same for page, API and import."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from dougong import ZERO, _, rounded_to
from dougong.companies.models import Company
from dougong_base import CannotConvert, NoRate, Party, Product, Tax, Unit, convert
from dougong_base.ports import Offer, SupplierOffers
from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.orders.pricing import cost_in, worth_of
from dougong_purchasing.orders.totals import settle
from dougong_purchasing.scores.service import warned


def derive_order(order: Order, facts: Any) -> None:
    """Terms from the supplier; texts, units, prices, dates and taxes from the products; totals."""
    _from_supplier(order, facts)
    for line in order.lines:
        product = facts.get(Product, line.product_id)
        if product is not None:
            _from_product(order, line, product, facts)
    taxes = {line.tax_id: facts.get(Tax, line.tax_id) for line in order.lines if line.tax_id}
    if order.currency:
        settle(order, taxes, facts.setting("base.tax_rounding"))
        order.worth = worth_of(facts.uow, order)
        order.refresh()


def check_order(order: Order, facts: Any) -> None:
    """It is bought from a supplier, and not expected before it was ordered."""
    supplier = facts.get(Party, order.supplier_id)
    if supplier is not None and not supplier.is_supplier:
        facts.error(order, "supplier", _("This is not a supplier of ours."))
    if order.expected_on and order.ordered_on and order.expected_on < order.ordered_on:
        facts.error(order, "expected_on", _("This is before the day of the order."))


def _from_supplier(order: Order, facts: Any) -> None:
    supplier = facts.get(Party, order.supplier_id)
    if facts.fresh(order, "currency", on="supplier"):
        company = facts.get(Company, order.company_id or facts.actor.company_id)
        order.currency = (supplier and supplier.currency) or company.currency
    if supplier and facts.fresh(order, "payment_term", on="supplier"):
        order.payment_term_id = supplier.supplier_term_id
    if supplier and (order.id is None or facts.changed(order, "supplier")):
        score = warned(facts.uow, [supplier.id]).get(supplier.id)
        order.warned_grade = score.grade if score else None


def _from_product(order: Order, line: OrderLine, product: Product, facts: Any) -> None:
    line.kind = product.kind
    if line.quantity is None:
        line.quantity = Decimal(1)
    if line.discount is None:
        line.discount = ZERO
    if facts.fresh(line, "description", on="product"):
        line.description = product.name
    if facts.fresh(line, "unit", on="product") or line.unit_id is None:
        line.unit_id = product.unit_id
    if facts.fresh(line, "tax", on="product"):
        line.tax_id = product.purchase_tax_id
    if not _count(line, product, facts):
        return
    on = order.ordered_on or facts.today
    offer = _offer(order, line, product, facts, on)
    if line.price is None or _price_follows(order, line, facts):
        price = offer.price if offer else _cost(line, product, order.currency, facts, on)
        line.price = _per_unit(line, price)
    if facts.fresh(line, "expected_on", on="product") or line.expected_on is None:
        days = offer.lead_days if offer else product.lead_days
        line.expected_on = order.expected_on or on + dt.timedelta(days=days)


def _count(line: OrderLine, product: Product, facts: Any) -> bool:
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


def _offer(
    order: Order, line: OrderLine, product: Product, facts: Any, on: dt.date
) -> Offer | None:
    offers = facts.ask(SupplierOffers)
    if offers is None or not order.supplier_id or not order.currency:
        return None
    found: Offer | None = offers.of_supplier(
        order.supplier_id, product.id, line.own_quantity or ZERO, order.currency, on
    )
    return found


def _cost(
    line: OrderLine, product: Product, currency: str | None, facts: Any, on: dt.date
) -> Decimal:
    """What the product costs us; where it has no rate, the price is to be typed."""
    if not currency:
        return product.cost_price
    try:
        return cost_in(facts.uow, product, currency, on)
    except NoRate as problem:
        facts.error(line, "price", problem.sentence)
        return ZERO


def _price_follows(order: Order, line: OrderLine, facts: Any) -> bool:
    """Whether nobody typed the price, and something it depends on has changed."""
    if facts.changed(line, "price"):
        return False
    return (
        facts.fresh(line, "price", on="product")
        or facts.fresh(line, "price", on="unit")
        or facts.fresh(line, "price", on="quantity")
        or bool(facts.changed(order, "supplier", "currency"))
    )


def _per_unit(line: OrderLine, price: Decimal) -> Decimal:
    """From the product's own unit to the line's."""
    if line.own_quantity == line.quantity or not line.quantity:
        return price
    factor: Decimal = line.own_quantity / line.quantity
    return rounded_to(price * factor)
