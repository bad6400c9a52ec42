"""Choosing among offers: orders are drafted from those that win."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from dougong import ZERO, Refused, UnitOfWork, _
from dougong_base import Product
from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.orders.service import create_orders
from dougong_purchasing.rfqs.compare import Offered, offers_of
from dougong_purchasing.rfqs.models import Award, Rfq, RfqLine
from dougong_purchasing.scores.service import refuse_blocked


class Won(NamedTuple):
    """So much of a line goes to an offer."""

    asked: RfqLine
    offer: Offered
    quantity: Decimal


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


class PartOfWhat(Refused):
    """A quantity without saying of which line, and for whom."""

    def __init__(self) -> None:
        super().__init__(_("Say which line is split, and which supplier gets this quantity."))


def award_rfqs(
    uow: UnitOfWork,
    ids: Sequence[int],
    supplier: int | None = None,
    line: int | None = None,
    quantity: Decimal | None = None,
) -> list[Order]:
    """Draft orders: all open lines (or one) to the best valid offer, or to one supplier's.

    A ``quantity`` splits a line: so much goes to this supplier, and the rest stays open.
    """
    uow.require("purchasing.rfq.award")
    if quantity is not None and (supplier is None or line is None):
        raise PartOfWhat
    rfqs = uow.load(Rfq, ids, Rfq.lines, Rfq.awards, lock=True)
    uow.load(RfqLine, [x.id for rfq in rfqs for x in rfq.lines], RfqLine.product)
    orders = []
    for rfq in rfqs:
        offers = offers_of(uow.session, rfq.id, uow.today)
        won = _winners(rfq, offers, supplier, line, quantity)
        if not won:
            raise NothingToAward(rfq)
        refuse_blocked(uow, sorted({part.offer.supplier_id for part in won}))
        for part in won:
            part.asked.award(part.quantity)
        rfq.award(uow.today)
        orders += _order(uow, rfq, won)
        uow.touch(rfq)
    return orders


def _winners(
    rfq: Rfq,
    offers: Mapping[int, Sequence[Offered]],
    supplier: int | None,
    line: int | None,
    quantity: Decimal | None,
) -> list[Won]:
    """What each open line brings, and to whom."""
    won = []
    for asked in rfq.lines:
        if line not in (None, asked.id) or (not asked.open and quantity is None):
            continue
        best = next(
            (o for o in offers.get(asked.id, ()) if o.valid and supplier in (None, o.supplier_id)),
            None,
        )
        if best is not None:
            won.append(Won(asked, best, asked.open if quantity is None else quantity))
    return won


def _order(uow: UnitOfWork, rfq: Rfq, won: Sequence[Won]) -> list[Order]:
    by_offer: dict[int, list[Won]] = defaultdict(list)
    for part in won:
        by_offer[part.offer.quote_id].append(part)
    drafts = [_draft(uow, rfq, several) for several in by_offer.values()]
    create_orders(uow, drafts)
    for draft, several in zip(drafts, by_offer.values(), strict=True):
        uow.link(rfq, draft, "order")
        for part, ordered in zip(several, draft.lines, strict=True):
            uow.add(
                Award(
                    rfq_id=rfq.id,
                    rfq_line_id=part.asked.id,
                    quote_id=part.offer.quote_id,
                    order_line_id=ordered.id,
                    quantity=part.quantity,
                )
            )
    return drafts


def _draft(uow: UnitOfWork, rfq: Rfq, several: Sequence[Won]) -> Order:
    offer = several[0].offer
    lines = [_line(part, part.asked.product, uow.today) for part in several]
    return Order(
        company_id=rfq.company_id,
        supplier_id=offer.supplier_id,
        currency=offer.currency,
        payment_term_id=offer.payment_term_id,
        buyer_id=uow.actor.user_id,
        ordered_on=uow.today,
        expected_on=max((x.expected_on for x in lines if x.expected_on), default=None),
        reference=offer.reference,
        lines=lines,
    )


def _line(part: Won, product: Product, on: dt.date) -> OrderLine:
    return OrderLine(
        product_id=product.id,
        description=product.name,
        kind=product.kind,
        quantity=part.quantity,
        own_quantity=part.quantity,
        unit_id=product.unit_id,
        price=part.offer.price,
        discount=ZERO,
        tax_id=product.purchase_tax_id,
        expected_on=part.offer.comes_on(on),
    )
