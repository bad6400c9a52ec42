"""What is done at a till."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from dougong import Refused, UnitOfWork, _, ref, rounded
from dougong.companies.currency import currency_of
from dougong_base import Product, Tax, TaxableLine, compute_taxes
from dougong_base.events import SaleBillable, SaleLine, SalesOrderConfirmed
from dougong_pos.sales.models import Sale, SaleItem
from dougong_pos.sales.queries import price_of, understand
from dougong_pos.tills.models import Day, Till


def the_day(uow: UnitOfWork, till_id: int) -> Day:
    """The day that is open at a till; raises `Refused` where none is."""
    found = select(Day).where(Day.till_id == till_id, Day.state == "open")
    day = uow.session.scalars(found).one_or_none()
    if day is None:
        raise Refused(_("The till is closed: open it first."))
    return day


def the_sale(uow: UnitOfWork, till_id: int) -> Sale | None:
    """What is being scanned at a till, with its lines."""
    found = (
        select(Sale.id)
        .join(Day, Day.id == Sale.day_id)
        .where(Day.till_id == till_id, Day.state == "open", Sale.state == "open")
    )
    id = uow.session.scalar(found)
    return uow.get(Sale, id, Sale.lines) if id else None


def scan(uow: UnitOfWork, till_id: int, typed: str) -> Sale:
    """Add what was scanned (``3*CODE``), or take it off again (``-CODE``); a first scan begins a sale."""
    uow.require("pos.sale.sell")
    what = understand(uow, typed)
    sale = the_sale(uow, till_id) or _begin(uow, till_id)
    lines = list(sale.lines)
    line = next((one for one in lines if one.product_id == what.product.id), None)
    if what.off:
        if line is None or line.quantity < what.quantity:
            raise Refused(
                _("%(product)s has not been scanned so often.", product=what.product.name)
            )
        line.quantity -= what.quantity
        if not line.quantity:
            lines.remove(line)
            uow.remove(line)
    elif line is None:
        line = SaleItem(
            id=uow.id(),
            sale_id=sale.id,
            position=max((one.position for one in lines), default=0) + 1,
            product_id=what.product.id,
            quantity=what.quantity,
            price=price_of(uow, what.product, sale.customer_id, what.quantity, sale.currency),
            tax_id=what.product.sales_tax_id,
        )
        lines.append(line)
        uow.add(line)
    else:
        line.quantity += what.quantity
    reckon(uow, sale, lines)
    return sale


def _begin(uow: UnitOfWork, till_id: int) -> Sale:
    day = the_day(uow, till_id)
    till = uow.get(Till, till_id)
    sale = Sale(
        id=uow.id(),
        company_id=day.company_id,
        day_id=day.id,
        customer_id=till.customer_id,
        sold_on=uow.today,
        currency=currency_of(uow, day.company_id),
        lines=[],
    )
    uow.add(sale)
    return sale


def reckon(uow: UnitOfWork, sale: Sale, lines: Sequence[SaleItem]) -> None:
    """Amounts of the lines and of the whole, by the taxes of the products."""
    wanted = {line.tax_id for line in lines if line.tax_id}
    found = select(Tax).where(Tax.id.in_(wanted)).options(selectinload(Tax.members))
    taxes = {tax.id: tax for tax in uow.session.scalars(found)} if wanted else {}
    for line in lines:
        line.amount = rounded(line.price * line.quantity, sale.currency)
    taxed = compute_taxes(
        [TaxableLine(line.amount, line.tax_id, line.quantity) for line in lines],
        taxes,
        sale.currency,
        uow.setting("base.tax_rounding"),
    )
    for line, result in zip(lines, taxed.lines, strict=True):
        line.untaxed = result.untaxed
    sale.untaxed, sale.total = taxed.untaxed, taxed.total
    sale.tax = taxed.total - taxed.untaxed


def pay(
    uow: UnitOfWork, ids: Sequence[int], means: str, given: Decimal | None = None
) -> list[Sale]:
    """Take the money, give each receipt its number, and let the other departments know."""
    uow.require("pos.sale.sell")
    sales = uow.load(Sale, ids, Sale.lines, lock=True)
    for sale in sales:
        sale.pay(means, given)
        uow.number(sale, "till-receipt", on=sale.sold_on)
    products = {p.id: p for p in uow.load(Product, {x.product_id for s in sales for x in s.lines})}
    for sale in sales:
        uow.publish([confirmed(sale, products), billable(sale, products)])
    return sales


def pay_by_card(uow: UnitOfWork, ids: Sequence[int]) -> list[Sale]:
    """The step that pages and programs offer; cash is taken at the till."""
    return pay(uow, ids, "card")


def confirmed(sale: Sale, products: Mapping[int, Product]) -> SalesOrderConfirmed:
    """What the warehouse is told of a sale."""
    return SalesOrderConfirmed(
        source=ref(sale),
        number=sale.number or "",
        company_id=sale.company_id,
        customer_id=sale.customer_id,
        address_id=None,
        warehouse_id=None,
        on=sale.sold_on,
        promised_on=sale.sold_on,
        currency=sale.currency,
        lines=_told(sale, products),
    )


def billable(sale: Sale, products: Mapping[int, Product]) -> SaleBillable:
    """What the books are told of a sale."""
    return SaleBillable(
        source=ref(sale),
        number=sale.number or "",
        company_id=sale.company_id,
        customer_id=sale.customer_id,
        on=sale.sold_on,
        currency=sale.currency,
        payment_term_id=None,
        reference=sale.number or "",
        lines=_told(sale, products),
    )


def _told(sale: Sale, products: Mapping[int, Product]) -> tuple[SaleLine, ...]:
    return tuple(
        SaleLine(
            line_id=line.id,
            product_id=line.product_id,
            quantity=line.quantity,
            price=line.price,
            discount=Decimal(0),
            tax_ids=(line.tax_id,) if line.tax_id else (),
            amount=line.untaxed,
            description=products[line.product_id].name,
            kind=products[line.product_id].kind,
        )
        for line in sale.lines
    )
