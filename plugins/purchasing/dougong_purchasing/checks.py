"""What must be true of purchasing; read only."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong import Check, _
from dougong_purchasing.blankets.models import BlanketLine
from dougong_purchasing.landed.models import Arrival, LandedCost, LandedShare
from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.rfqs.models import Award, RfqLine


def totals(session: Session) -> Iterable[str]:
    """An order comes to what its lines come to."""
    rows = session.execute(
        select(Order.id, Order.untaxed, Order.tax_total, Order.total, func.sum(OrderLine.amount))
        .outerjoin(OrderLine, OrderLine.order_id == Order.id)
        .group_by(Order.id, Order.untaxed, Order.tax_total, Order.total)
    )
    for key, untaxed, tax, total, lines in rows:
        if untaxed != (lines or 0) or total != untaxed + tax:
            yield str(
                _(
                    "Purchase order %(id)s: its lines come to %(lines)s, it says %(untaxed)s and"
                    " %(total)s with tax.",
                    id=key,
                    lines=lines or 0,
                    untaxed=untaxed,
                    total=total,
                )
            )


def landed(session: Session) -> Iterable[str]:
    """Landed costs are shared out to the last cent."""
    rows = session.execute(
        select(LandedCost.id, LandedCost.total, func.sum(LandedShare.value))
        .join(LandedShare, LandedShare.landed_id == LandedCost.id)
        .group_by(LandedCost.id, LandedCost.total)
    )
    for key, total, shared in rows:
        if total != shared:
            yield str(
                _(
                    "Landed cost %(id)s: %(shared)s of %(total)s are shared out.",
                    id=key,
                    shared=shared,
                    total=total,
                )
            )


def called(session: Session) -> Iterable[str]:
    """What agreements count as called off is what confirmed orders took from them."""
    taken = (
        select(OrderLine.blanket_line_id, func.sum(OrderLine.own_quantity).label("taken"))
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.state.in_(("confirmed", "done")), OrderLine.blanket_line_id.is_not(None))
        .group_by(OrderLine.blanket_line_id)
        .subquery()
    )
    rows = session.execute(
        select(BlanketLine.id, BlanketLine.called, taken.c.taken).outerjoin(
            taken, taken.c.blanket_line_id == BlanketLine.id
        )
    )
    for key, counted, found in rows:
        if counted != (found or 0):
            yield str(
                _(
                    "Agreement line %(id)s: %(counted)s called off, orders took %(found)s.",
                    id=key,
                    counted=counted,
                    found=found or 0,
                )
            )


def awarded(session: Session) -> Iterable[str]:
    """What a line of an inquiry counts as awarded is what its awards say."""
    given = (
        select(Award.rfq_line_id, func.sum(Award.quantity).label("given"))
        .group_by(Award.rfq_line_id)
        .subquery()
    )
    rows = session.execute(
        select(RfqLine.id, RfqLine.awarded, given.c.given).outerjoin(
            given, given.c.rfq_line_id == RfqLine.id
        )
    )
    for key, counted, found in rows:
        if counted != (found or 0):
            yield str(
                _(
                    "Line %(id)s of a request for quotation: %(counted)s awarded, its awards say"
                    " %(found)s.",
                    id=key,
                    counted=counted,
                    found=found or 0,
                )
            )


def received(session: Session) -> Iterable[str]:
    """What order lines count as received from receipts whose lines are known is what came."""
    came = (
        select(Arrival.order_line_id, func.sum(Arrival.quantity).label("came"))
        .group_by(Arrival.order_line_id)
        .subquery()
    )
    rows = session.execute(
        select(OrderLine.id, OrderLine.received, came.c.came).join(
            came, came.c.order_line_id == OrderLine.id
        )
    )
    for key, counted, found in rows:
        if counted < found:
            yield str(
                _(
                    "Order line %(id)s: %(counted)s received, but %(found)s came.",
                    id=key,
                    counted=counted,
                    found=found,
                )
            )


CHECKS = [
    Check("purchasing.totals", _("Purchase orders come to what their lines come to"), totals),
    Check("purchasing.landed", _("Landed costs are shared out to the last cent"), landed),
    Check("purchasing.called", _("Call-offs are counted"), called),
    Check("purchasing.awarded", _("What is awarded is counted"), awarded),
    Check("purchasing.received", _("What came is counted"), received),
]
