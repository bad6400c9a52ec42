"""Choosing among offers: orders are drafted from those that win."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from dougong import ZERO, Refused, UnitOfWork, _
from dougong_base import Party, Product
from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.orders.service import create_orders
from dougong_purchasing.rfqs.compare import Offered, offers_of
from dougong_purchasing.rfqs.models import Rfq, RfqLine

Won = list[tuple[RfqLine, Offered]]


class NothingToAward(Refused):
    """No valid offer is there for it."""

    def __init__(self, rfq: Rfq) -> None:
        super().__init__(
            _(
                "%(rfq)s: there is no valid offer for what is open. Wait for answers, or ask for"
                " offers that still hold.",
                rfq=rfq,
            )
        )


def award_rfqs(
    uow: UnitOfWork, ids: Sequence[int], supplier: int | None = None, line: int | None = None
) -> list[Order]:
    """Draft orders: all open lines (or one) to the best valid offer, or to one supplier's."""
    uow.require("purchasing.rfq.award")
    rfqs = uow.load(Rfq, ids, Rfq.lines, lock=True)
    orders = []
    for rfq in rfqs:
        offers = offers_of(uow.session, rfq.id, uow.today)
        won = _winners(rfq, offers, supplier, line)
        if not won:
            raise NothingToAward(rfq)
        orders += _order(uow, rfq, won)
        rfq.award()
        uow.touch(rfq)
    return orders


def _winners(
    rfq: Rfq, offers: Mapping[int, Sequence[Offered]], supplier: int | None, line: int | None
) -> dict[int, Won]:
    """What each supplier wins."""
    won: dict[int, Won] = defaultdict(list)
    for asked in rfq.lines:
        if asked.order_line_id or line not in (None, asked.id):
            continue
        best = next(
            (o for o in offers.get(asked.id, ()) if o.valid and supplier in (None, o.supplier_id)),
            None,
        )
        if best is not None:
            won[best.supplier_id].append((asked, best))
    return dict(won)


def _order(uow: UnitOfWork, rfq: Rfq, won: Mapping[int, Won]) -> list[Order]:
    wanted = sorted({asked.product_id for several in won.values() for asked, _o in several})
    products = {product.id: product for product in uow.load(Product, wanted)}
    parties = {party.id: party for party in uow.load(Party, sorted(won))}
    drafts = [
        Order(
            company_id=rfq.company_id,
            supplier_id=supplier,
            currency=several[0][1].currency,
            payment_term_id=parties[supplier].supplier_term_id,
            buyer_id=uow.actor.user_id,
            ordered_on=uow.today,
            expected_on=several[0][1].expected_on,
            lines=[_line(asked, offer, products[asked.product_id]) for asked, offer in several],
        )
        for supplier, several in won.items()
    ]
    create_orders(uow, drafts)
    for draft, several in zip(drafts, won.values(), strict=True):
        uow.link(rfq, draft, "order")
        for (asked, _offer), ordered in zip(several, draft.lines, strict=True):
            asked.order_line_id = ordered.id
    return drafts


def _line(asked: RfqLine, offer: Offered, product: Product) -> OrderLine:
    return OrderLine(
        product_id=product.id,
        description=product.name,
        kind=product.kind,
        quantity=asked.quantity,
        own_quantity=asked.quantity,
        unit_id=product.unit_id,
        price=offer.price,
        discount=ZERO,
        tax_id=product.purchase_tax_id,
        expected_on=offer.expected_on,
    )
