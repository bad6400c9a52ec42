"""The demo company sells: leads, a pipeline, quotes, orders of the last months."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from dougong import UnitOfWork
from dougong.companies.models import Company
from dougong_base import Party, Product, Tax
from dougong_base.ports import StockAvailability
from dougong_crm.leads.models import Lead
from dougong_crm.opportunities.models import Opportunity, Stage
from dougong_crm.orders.models import Order, OrderLine
from dougong_crm.orders.service import cancel_orders, confirm_orders, create_orders
from dougong_crm.quotes.models import Quote, QuoteLine
from dougong_crm.quotes.service import reject_quotes, send_quotes
from dougong_crm.returns.models import Return
from dougong_crm.returns.service import confirm_returns, start_returns
from dougong_crm.selling.totals import settle

ORDERS = 60
#: Orders of one day.
TOGETHER = 3
#: More than any warehouse of the demo holds.
TOO_MANY = 400
#: More than lies free of them.
AWAITED = 12


def sell(uow: UnitOfWork) -> None:
    """Bring sales to life, once."""
    customers = uow.session.scalars(
        select(Party).where(Party.is_customer, Party.active).order_by(Party.code)
    ).all()
    products = uow.session.scalars(
        select(Product).where(Product.active, Product.tracking == "none").order_by(Product.code)
    ).all()
    if not customers or not products:
        return
    if uow.session.scalar(select(Order.id).limit(1)):
        _take_something_back(uow)
        return
    company = uow.session.scalars(select(Company).where(Company.id == uow.company_id)).one()
    _pipeline(uow, company, customers)
    _quotes(uow, company, customers, products)
    _orders(uow, company, customers, products)
    _large_orders(uow, company, customers, products)


def _pipeline(uow: UnitOfWork, company: Company, customers: Sequence[Party]) -> None:
    own = company.country == "CN"
    uow.add(
        Lead(organisation="蓝鲸科技" if own else "Blue Whale Labs", email="hello@whale.example"),
        Lead(name="王敏" if own else "Mia Brandt", phone="+49 30 555", source="web"),
        Lead(name="李雷" if own else "Otto Lang", email="otto@lang.example", state="contacted"),
        Lead(
            organisation="旧城咖啡" if own else "Old Town Café",
            email="hi@oldtown.example",
            state="lost",
            lost_reason="无预算" if own else "No budget",
        ),
    )
    stages = uow.session.scalars(select(Stage).order_by(Stage.position)).all()
    for n, customer in enumerate(customers):
        stage = stages[n % len(stages)]
        value = Decimal(2400 + 900 * n)
        opportunity = Opportunity(
            name=f"{customer.name}: {'新办公区' if own else 'new rooms'}",
            customer_id=customer.id,
            stage_id=stage.id,
            currency=company.currency,
            value=value,
            probability=stage.probability,
            expected=value * stage.probability / 100,
            expected_on=uow.today + dt.timedelta(days=10 * n + 7),
            next_activity="电话跟进" if own else "Call",
            next_activity_on=uow.today + dt.timedelta(days=n - 1),
        )
        uow.add(opportunity)


def _quotes(
    uow: UnitOfWork, company: Company, customers: Sequence[Party], products: Sequence[Product]
) -> None:
    quotes = []
    taxes = {tax.id: tax for tax in uow.session.scalars(select(Tax))}
    for n, customer in enumerate(customers[:4]):
        quote = Quote(
            customer_id=customer.id, currency=company.currency,
            payment_term_id=customer.payment_term_id, quoted_on=uow.today,
            lines=[QuoteLine(**_line(products, n + 1, n + 2))],
        )  # fmt: skip
        settle(quote, taxes)
        quotes.append(quote)
    uow.add(*quotes)
    send_quotes(uow, [quote.id for quote in quotes[:3]])
    uow.flush()
    dear = "价格偏高" if company.country == "CN" else "Too dear"
    reject_quotes(uow, [quote.id for quote in quotes[2:3]], dear)


def _orders(
    uow: UnitOfWork, company: Company, customers: Sequence[Party], products: Sequence[Product]
) -> None:
    orders = []
    for n in range(ORDERS):
        customer = customers[n * 7 % len(customers)]
        on = uow.today - dt.timedelta(days=118 - 6 * (n // TOGETHER))
        orders.append(
            Order(
                customer_id=customer.id, currency=company.currency, ordered_on=on,
                promised_on=on + dt.timedelta(days=12), reference=f"PO-{410 + n}",
                payment_term_id=customer.payment_term_id,
                # Some customers pay when they order, so that the ledger has something to do.
                invoice_on="order" if n % 3 == 0 else None,
                lines=[
                    OrderLine(**_line(products, 11 * n + 4 * k, 1 + (n + 2 * k) % 5))
                    for k in range(2 + n % 3)
                ],
            )
        )  # fmt: skip
    create_orders(uow, orders)
    for first in range(0, ORDERS - TOGETHER, TOGETHER):
        day = orders[first : first + TOGETHER]
        confirm_orders(uow, [order.id for order in day], on=day[0].ordered_on)


def _large_orders(
    uow: UnitOfWork, company: Company, customers: Sequence[Party], products: Sequence[Product]
) -> None:
    """Orders of the last days that stock cannot serve at once, and one that was called off."""
    goods = sorted(
        (p for p in products if p.kind == "goods"), key=lambda p: (p.sales_price, p.code)
    )
    wishes = [[(0, TOO_MANY), (3, 2)], [(0, 50)], [(1, TOO_MANY)], [(2, 5)]]
    on = uow.today - dt.timedelta(days=2)
    orders = [
        Order(
            customer_id=customers[n % len(customers)].id, currency=company.currency, ordered_on=on,
            promised_on=uow.today + dt.timedelta(days=12), reference=f"PO-{900 + n}",
            payment_term_id=customers[n % len(customers)].payment_term_id,
            lines=[OrderLine(**_line(goods, which, quantity)) for which, quantity in wish],
        )
        for n, wish in enumerate(wishes)
    ]  # fmt: skip
    create_orders(uow, orders)
    # Where nobody ships, what is confirmed is billed at once and cannot be called off any more.
    bound = orders if uow.ask(StockAvailability) is not None else orders[:-1]
    confirm_orders(uow, [order.id for order in bound], on=on)
    uow.settle()
    cancel_orders(uow, [orders[-1].id])
    _awaited(uow, company, customers[-1], products)


def _awaited(
    uow: UnitOfWork, company: Company, customer: Party, products: Sequence[Product]
) -> None:
    """An order that should have left: some of the goods are in the house and not free."""
    goods = next(n for n, product in enumerate(products) if product.kind == "goods")
    on = uow.today - dt.timedelta(days=9)
    order = Order(
        customer_id=customer.id, currency=company.currency, ordered_on=on,
        promised_on=uow.today - dt.timedelta(days=3), reference="PO-904",
        payment_term_id=customer.payment_term_id,
        lines=[OrderLine(**_line(products, goods, AWAITED))],
    )  # fmt: skip
    create_orders(uow, [order])
    confirm_orders(uow, [order.id], on=on)


def _take_something_back(uow: UnitOfWork) -> None:
    """One customer returns part of what was delivered, once."""
    if uow.session.scalar(select(Return.id).limit(1)):
        return
    order = uow.session.scalars(
        select(Order.id)
        .join(OrderLine)
        .where(OrderLine.kind == "goods", OrderLine.delivered > 0, Order.invoice_on == "delivery")
        .order_by(Order.id)
        .limit(1)
    ).first()
    if order is None:
        return
    draft = start_returns(uow, [order])[0]
    del draft.lines[1:]
    uow.flush()
    confirm_returns(uow, [draft.id])


def _line(products: Sequence[Product], which: int, quantity: int) -> dict[str, object]:
    product = products[which % len(products)]
    return {
        "product_id": product.id,
        "description": product.name,
        "kind": product.kind,
        "quantity": Decimal(quantity),
        "own_quantity": Decimal(quantity),
        "unit_id": product.unit_id,
        "price": product.sales_price,
        "discount": Decimal(0),
        "tax_id": product.sales_tax_id,
        "cost": product.cost_price,
    }
