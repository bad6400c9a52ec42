"""The demo company buys: orders of the last weeks, requests, inquiries, agreements, quotas."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from dougong import ZERO, UnitOfWork, rounded_to
from dougong.approvals.service import put
from dougong.companies.models import Company
from dougong.people.users.models import User
from dougong_base import Party, Product
from dougong_purchasing.blankets.models import Blanket, BlanketLine
from dougong_purchasing.blankets.service import agree_blankets
from dougong_purchasing.demo_later import go_on
from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.orders.service import confirm_orders, create_orders
from dougong_purchasing.quotas.models import Quota, QuotaLine
from dougong_purchasing.requests.models import Request, RequestLine
from dougong_purchasing.requests.service import submit_requests, value_requests
from dougong_purchasing.rfqs.awarding import award_rfqs
from dougong_purchasing.rfqs.models import Quote, Rfq, RfqLine, RfqSupplier
from dougong_purchasing.rfqs.service import note_answers, send_rfqs
from dougong_purchasing.terms.models import SupplierList, SupplierPrice

DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)
#: Orders of the past, one a week; the last two are still on their way.
WEEKS = 9


@dataclass(frozen=True)
class Scene:
    """Who sells what, and in which words the company writes."""

    uow: UnitOfWork
    company: Company
    suppliers: Sequence[Party]
    goods: Sequence[Product]

    def say(self, english: str, chinese: str) -> str:
        """In the company's language."""
        return chinese if self.company.country == "CN" else english


def buy(uow: UnitOfWork) -> None:
    """Bring purchasing to life in two rounds: what was ordered has come before the second."""
    suppliers = uow.session.scalars(
        select(Party).where(Party.is_supplier, Party.active).order_by(Party.code)
    ).all()
    goods = uow.session.scalars(
        select(Product)
        .where(Product.kind == "goods", Product.tracking == "none", Product.active)
        .order_by(Product.code)
    ).all()
    if not suppliers or not goods:
        return
    company = uow.session.scalars(select(Company).where(Company.id == uow.company_id)).one()
    scene = Scene(uow, company, suppliers[:3], goods)
    if uow.session.scalar(select(Order.id).limit(1)):
        go_on(uow, own=company.country == "CN")
        return
    _prices(scene)
    _orders(scene)
    _agree(scene)
    _requests(scene)
    _inquiry(scene, scene.say("Stock for the quarter", "第四季度补货"), goods[:3])
    _award(scene, _inquiry(scene, scene.say("Packing", "包装材料"), goods[-2:]))


def _prices(scene: Scene) -> None:
    """A list of each supplier: the first by lots and quantities, the second only in boxes."""
    for n, supplier in enumerate(scene.suppliers[:2]):
        lines = [
            SupplierPrice(
                product_id=product.id,
                minimum=Decimal(minimum),
                multiple=Decimal(6 * n),
                price=_price(product, 100 - off + 2 * n),
                lead_days=7 - 2 * n,
            )
            for product in scene.goods[:4]
            for minimum, off in ((1, 0), (50, 5))
        ]
        scene.uow.add(
            SupplierList(
                supplier_id=supplier.id,
                name=scene.say("Prices of the year", "年度价目表"),
                currency=scene.company.currency,
                starts_on=scene.uow.today.replace(month=1, day=1),
                prices=lines,
            )
        )
    if len(scene.suppliers) > 1:
        parts = zip(scene.suppliers, (70, 30), strict=False)
        shares = [QuotaLine(supplier_id=s.id, part=Decimal(part)) for s, part in parts]
        start = scene.uow.today.replace(month=1, day=1)
        scene.uow.add(Quota(product_id=scene.goods[0].id, starts_on=start, lines=shares))


def _orders(scene: Scene) -> None:
    """One a week is confirmed; today's are drafts."""
    uow, orders = scene.uow, []
    for n in range(WEEKS + 2):
        on = uow.today - max(WEEKS - 1 - n, 0) * WEEK
        picked = [scene.goods[(3 * n + k) % len(scene.goods)] for k in range(2)]
        supplier = scene.suppliers[n % len(scene.suppliers)]
        # Every third supplier promises earlier than he delivers; prices rise a little.
        promised = on + WEEK - (3 * DAY if n % 3 == 2 else 0 * DAY)
        orders.append(
            Order(
                supplier_id=supplier.id,
                currency=scene.company.currency,
                payment_term_id=supplier.supplier_term_id,
                ordered_on=on,
                expected_on=on + WEEK,
                reference=f"A-{510 + n}",
                lines=[line_of(p, Decimal(8 + 2 * n), promised, 96 + n) for p in picked],
            )
        )
    create_orders(uow, orders)
    for order in orders[:-2]:
        confirm_orders(uow, [order.id], on=order.ordered_on)


def _agree(scene: Scene) -> None:
    """A framework agreement for the year."""
    product, year = scene.goods[-1], scene.uow.today.year
    blanket = Blanket(
        supplier_id=scene.suppliers[0].id,
        currency=scene.company.currency,
        reference=f"RV-{year}",
        starts_on=dt.date(year, 1, 1),
        ends_on=dt.date(year, 12, 31),
        lines=[
            BlanketLine(product_id=product.id, quantity=Decimal(500), price=_price(product, 88))
        ],
    )
    scene.uow.add(blanket)
    scene.uow.flush()
    agree_blankets(scene.uow, [blanket.id])


def _requests(scene: Scene) -> None:
    """One that waits for approval, one that may be ordered, one begun."""
    uow = scene.uow
    words = [
        (scene.say("Office", "行政部"), scene.say("New rooms", "新办公区")),
        (scene.say("Workshop", "车间"), scene.say("For the autumn", "秋季备料")),
        (scene.say("Shop", "门店"), scene.say("Window", "橱窗布置")),
    ]
    requests = [
        Request(
            requested_on=uow.today,
            needed_on=uow.today + (2 + n) * WEEK,
            department=department,
            reason=reason,
            lines=[
                RequestLine(product_id=scene.goods[0].id, quantity=Decimal(10 + 20 * n)),
                RequestLine(product_id=scene.goods[1 % len(scene.goods)].id, quantity=Decimal(5)),
            ],
        )
        for n, (department, reason) in enumerate(words)
    ]
    uow.add(*requests)
    uow.flush()
    value_requests(uow, requests)
    submit_requests(uow, [requests[1].id])
    somebody = uow.session.scalar(select(User.id).where(User.active).order_by(User.id).limit(1))
    if somebody:
        requests[0].requester_id = somebody
        uow.flush()
        put(uow, Request.__document__, requests[0].id, "submit")


def _inquiry(scene: Scene, name: str, goods: Sequence[Product]) -> int:
    """Everybody is asked; the first two have answered."""
    uow = scene.uow
    rfq = Rfq(
        name=name,
        answer_by=uow.today + WEEK,
        award_by=uow.today + 3 * WEEK,
        needed_on=uow.today + 4 * WEEK,
        lines=[RfqLine(product_id=p.id, quantity=Decimal(40)) for p in goods],
        suppliers=[RfqSupplier(supplier_id=party.id) for party in scene.suppliers],
    )
    uow.add(rfq)
    uow.flush()
    send_rfqs(uow, [rfq.id])
    ids = uow.session.scalars(
        select(Quote.id).where(Quote.rfq_id == rfq.id).order_by(Quote.id).limit(2)
    ).all()
    cost = {product.id: product for product in goods}
    for n, quote in enumerate(uow.load(Quote, ids, Quote.lines)):
        quote.valid_until = uow.today + 4 * WEEK
        for k, line in enumerate(quote.lines):
            line.price = _price(cost[line.product_id], 96 + 3 * ((n + k) % 2))
            line.lead_days = 10 - 4 * n
    note_answers(uow, ids)
    return rfq.id


def _award(scene: Scene, rfq: int) -> None:
    """A part of the first line to one supplier, the rest to the best offers."""
    uow = scene.uow
    uow.flush()
    (line, *_others) = uow.get(Rfq, rfq, Rfq.lines).lines
    second = scene.suppliers[min(1, len(scene.suppliers) - 1)]
    award_rfqs(uow, [rfq], supplier=second.id, line=line.id, quantity=Decimal(15))
    award_rfqs(uow, [rfq])


def line_of(
    product: Product, quantity: Decimal, expected_on: dt.date | None = None, percent: int = 100
) -> OrderLine:
    """A line at so much of the product's cost price."""
    return OrderLine(
        product_id=product.id,
        description=product.name,
        kind=product.kind,
        quantity=quantity,
        own_quantity=quantity,
        unit_id=product.unit_id,
        price=_price(product, percent),
        discount=ZERO,
        tax_id=product.purchase_tax_id,
        expected_on=expected_on,
    )


def _price(product: Product, percent: int) -> Decimal:
    return rounded_to(product.cost_price * percent / 100, 2)
