"""The demo company buys: orders of the last weeks, a request, an inquiry with two answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from dougong import ZERO, UnitOfWork
from dougong.companies.models import Company
from dougong_base import Party, Product
from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.orders.service import confirm_orders, create_orders
from dougong_purchasing.requests.models import Request, RequestLine
from dougong_purchasing.requests.service import submit_requests
from dougong_purchasing.rfqs.models import Quote, Rfq, RfqLine, RfqSupplier
from dougong_purchasing.rfqs.service import note_answers, send_rfqs
from dougong_purchasing.scores.models import Score
from dougong_purchasing.scores.service import publish_scores
from dougong_purchasing.terms.models import SupplierList, SupplierPrice

WEEK = dt.timedelta(days=7)


def buy(uow: UnitOfWork) -> None:
    """Bring purchasing to life, once."""
    suppliers = uow.session.scalars(
        select(Party).where(Party.is_supplier, Party.active).order_by(Party.code)
    ).all()
    goods = uow.session.scalars(
        select(Product)
        .where(Product.kind == "goods", Product.tracking == "none", Product.active)
        .order_by(Product.code)
    ).all()
    if not suppliers or not goods or uow.session.scalar(select(Order.id).limit(1)):
        return
    company = uow.session.scalars(select(Company).where(Company.id == uow.company_id)).one()
    _prices(uow, company, suppliers, goods)
    _orders(uow, company, suppliers, goods)
    _request(uow, company, goods)
    _inquiry(uow, company, suppliers, goods)
    _score(uow, suppliers[0])


def _prices(
    uow: UnitOfWork, company: Company, suppliers: Sequence[Party], goods: Sequence[Product]
) -> None:
    name = "年度价目表" if company.country == "CN" else "Prices of the year"
    lines = [
        SupplierPrice(
            product_id=product.id,
            minimum=Decimal(minimum),
            price=product.cost_price * (100 - off) / 100,
            lead_days=7,
        )
        for product in goods[:4]
        for minimum, off in ((1, 0), (50, 5))
    ]
    uow.add(
        SupplierList(
            supplier_id=suppliers[0].id, name=name, currency=company.currency, prices=lines
        )
    )


def _orders(
    uow: UnitOfWork, company: Company, suppliers: Sequence[Party], goods: Sequence[Product]
) -> None:
    """Three confirmed orders, the last still on its way, and a draft."""
    orders = []
    for n in range(4):
        on = uow.today - (3 - n) * WEEK
        picked = [goods[(3 * n + k) % len(goods)] for k in range(2)]
        supplier = suppliers[n % len(suppliers)]
        orders.append(
            Order(
                supplier_id=supplier.id,
                currency=company.currency,
                payment_term_id=supplier.supplier_term_id,
                ordered_on=on,
                expected_on=on + WEEK,
                reference=f"A-{510 + n}",
                lines=[_line(product, Decimal(8 + 2 * n)) for product in picked],
            )
        )
    create_orders(uow, orders)
    for order in orders[:3]:
        confirm_orders(uow, [order.id], on=order.ordered_on)


def _request(uow: UnitOfWork, company: Company, goods: Sequence[Product]) -> None:
    own = company.country == "CN"
    request = Request(
        requested_on=uow.today,
        needed_on=uow.today + 2 * WEEK,
        department="行政部" if own else "Office",
        reason="新办公区" if own else "New rooms",
        lines=[RequestLine(product_id=goods[0].id, quantity=Decimal(6))],
    )
    uow.add(request)
    submit_requests(uow, [request.id])


def _inquiry(
    uow: UnitOfWork, company: Company, suppliers: Sequence[Party], goods: Sequence[Product]
) -> None:
    """Everybody is asked; the first two have answered."""
    rfq = Rfq(
        name="第四季度补货" if company.country == "CN" else "Stock for the quarter",
        answer_by=uow.today + WEEK,
        needed_on=uow.today + 3 * WEEK,
        lines=[RfqLine(product_id=p.id, quantity=Decimal(40)) for p in goods[:3]],
        suppliers=[RfqSupplier(supplier_id=party.id) for party in suppliers[:3]],
    )
    uow.add(rfq)
    uow.flush()
    send_rfqs(uow, [rfq.id])
    ids = uow.session.scalars(
        select(Quote.id).where(Quote.rfq_id == rfq.id).order_by(Quote.id).limit(2)
    ).all()
    cost = {product.id: product.cost_price for product in goods}
    for n, quote in enumerate(uow.load(Quote, ids, Quote.lines)):
        quote.valid_until = uow.today + 4 * WEEK
        for k, line in enumerate(quote.lines):
            line.price = cost[line.product_id] * (96 + 3 * ((n + k) % 2)) / 100
    note_answers(uow, ids)


def _score(uow: UnitOfWork, supplier: Party) -> None:
    score = Score(
        supplier_id=supplier.id,
        starts_on=uow.today - dt.timedelta(days=365),
        ends_on=uow.today,
        service=Decimal(85),
    )
    uow.add(score)
    uow.flush()
    publish_scores(uow, [score.id])


def _line(product: Product, quantity: Decimal) -> OrderLine:
    return OrderLine(
        product_id=product.id,
        description=product.name,
        kind=product.kind,
        quantity=quantity,
        own_quantity=quantity,
        unit_id=product.unit_id,
        price=product.cost_price,
        discount=ZERO,
        tax_id=product.purchase_tax_id,
    )
