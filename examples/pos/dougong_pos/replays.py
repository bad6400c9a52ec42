"""What books that came later have missed: sales without an invoice, days without an entry.

Goods that went over the counter are not told again: whoever counts stock later counts without them.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import exists, select

from dougong import UnitOfWork
from dougong.links.models import DocumentLink
from dougong_base import Product
from dougong_base.events import SaleBillable, TakingsCounted
from dougong_pos.sales.models import Sale
from dougong_pos.sales.service import billable
from dougong_pos.tills.models import Day
from dougong_pos.tills.service import counted_takings


def unbilled(uow: UnitOfWork) -> Iterable[SaleBillable]:
    """Paid sales that no invoice stands for."""
    sales = uow.load(Sale, _without(uow, Sale, "paid", "invoice"), Sale.lines)
    sold = {line.product_id for sale in sales for line in sale.lines}
    products = {product.id: product for product in uow.load(Product, sold)}
    return [billable(sale, products) for sale in sales]


def unbooked(uow: UnitOfWork) -> Iterable[TakingsCounted]:
    """Closed days that no entry stands for."""
    return counted_takings(uow, uow.load(Day, _without(uow, Day, "closed", "entry")))


def _without(uow: UnitOfWork, model: type[Sale] | type[Day], state: str, kind: str) -> list[int]:
    followed = exists().where(
        DocumentLink.from_kind == model.__document__,
        DocumentLink.from_id == model.id,
        DocumentLink.kind == kind,
    )
    asked = select(model.id).where(model.state == state, ~followed).order_by(model.id)
    return list(uow.session.scalars(asked))
