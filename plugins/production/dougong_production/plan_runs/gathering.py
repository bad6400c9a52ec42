"""What a planning run must know: asked of everybody once, for all products."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from sqlalchemy import func, select

from dougong import ZERO, DocumentRef, UnitOfWork
from dougong_base import Product, Unit
from dougong_base.ports import (
    Demand,
    DemandForecast,
    Movement,
    ProductionUnderway,
    PurchasesUnderway,
    SalesUnderway,
    StockAvailability,
    StockOutlook,
)
from dougong_production.held.lots import apart, held_lots
from dougong_production.master_plans.models import MasterLine, MasterPlan
from dougong_production.orders.models import Order
from dougong_production.plan_runs.bills import Usages, by_products, usages
from dougong_production.plan_runs.models import Proposal
from dougong_production.planning.periods import Periods
from dougong_production.planning_rules.models import PlanningRule

#: So many ids fit into one statement on every database.
AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Facts:
    """All a run plans from. ``flows`` are what is wanted (negative) and what is under way."""

    products: list[int]
    usages: Usages
    #: What comes out beside.
    beside: Usages
    rules: dict[int, PlanningRule]
    lead_days: dict[int, int]
    on_hand: dict[int, Decimal]
    flows: list[Movement]
    #: What was taken from forecast or master plan after actual orders had consumed it.
    forecast: list[Demand]
    #: How many proposals wait for somebody to decide.
    undecided: int
    #: Whether what is under way is hurried before more is ordered.
    sooner: bool = True
    #: Decimal places of the products' units; those of an unknown product are as many as can be kept.
    digits: Mapping[int, int] = field(default_factory=dict)


def gather(uow: UnitOfWork, periods: Periods) -> Facts:
    """Bills, rules, stock, what comes and goes, and what the market will want."""
    company = uow.company_id
    used = usages(uow.session, company, uow.today)
    beside = by_products(uow.session, company, uow.today)
    rules = {
        rule.product_id: rule
        for rule in uow.session.scalars(
            select(PlanningRule).where(PlanningRule.company_id == company)
        )
    }
    flows = [*movements(uow, periods), *_accepted(uow, periods)]
    master = _master_plan(uow, periods)
    products = used.products() | beside.products() | rules.keys()
    products |= {flow.product_id for flow in flows} | {line.product_id for line in master}
    goods = _goods(uow, products)
    flows = [flow for flow in flows if flow.product_id in goods]
    planned = {line.product_id for line in master}
    expected = _forecast(uow, [id for id in goods if id not in planned], periods)
    lying = {id: many for id, many in apart(uow).items() if id in goods}
    flows += _held(uow, lying, periods)
    return Facts(
        products=sorted(goods),
        usages=used,
        beside=beside,
        rules={id: rule for id, rule in rules.items() if id in goods},
        lead_days={id: days for id, (days, _digits) in goods.items()},
        digits={id: digits for id, (_days, digits) in goods.items()},
        on_hand=_on_hand(uow, sorted(goods), lying),
        flows=flows,
        forecast=consumed([*master, *expected], flows, periods),
        undecided=undecided(uow),
        sooner=bool(uow.setting("production.plan_sooner")),
    )


def undecided(uow: UnitOfWork) -> int:
    """How many proposals wait; whoever decides on one changes what a plan must know."""
    query = select(func.count(Proposal.id)).where(
        Proposal.company_id == uow.company_id, Proposal.state == "open"
    )
    return uow.session.scalar(query) or 0


def movements(uow: UnitOfWork, periods: Periods) -> Iterator[Movement]:
    """What all departments have under way, each thing once.

    Material that a warehouse has put aside for an order is told by the warehouse alone; it is
    wanted by the order, not by the delivery that will carry it. Where nobody counts goods,
    customers' orders are wanted themselves: they are made to order.
    """
    start, end = uow.today, periods.end
    stock = uow.ask(StockOutlook)
    for movement in stock.between(None, start, end) if stock is not None else ():
        if movement.source is not None and movement.source.kind == Order.__document__:
            movement = replace(movement, document=movement.source, source=None)
        yield movement
    sales = uow.ask(SalesUnderway) if stock is None else None
    if sales is not None:
        yield from sales.between(None, start, end)
    making = uow.ask(ProductionUnderway)
    if making is not None:
        yield from making.between(None, start, end)
    buying = uow.ask(PurchasesUnderway)
    if buying is not None:
        yield from buying.between(None, start, end)


def consumed(
    forecast: Iterable[Demand], flows: Iterable[Movement], periods: Periods
) -> list[Demand]:
    """What is left of the forecast once the actual orders of the same period have used it up.

    (APICS: forecast consumption; a period's demand is the greater of its forecast and its orders.)
    Orders of one warehouse use up the forecast of that warehouse; where either says nothing of a
    warehouse, it speaks of all.
    """
    ordered: dict[tuple[int, int], dict[int | None, Decimal]] = defaultdict(dict)
    for flow in flows:
        if flow.quantity < 0 and not flow.document.kind.startswith("production."):
            places = ordered[flow.product_id, periods.index(flow.on)]
            places[flow.warehouse_id] = places.get(flow.warehouse_id, ZERO) - flow.quantity
    left = []
    for need in sorted(forecast, key=lambda need: (need.on, need.product_id)):
        places = ordered.get((need.product_id, periods.index(need.on)), {})
        quantity = need.quantity
        mine = list(places) if need.warehouse_id is None else [need.warehouse_id, None]
        for place in mine:
            used = min(places.get(place, ZERO), quantity)
            if used:
                places[place] -= used
                quantity -= used
        if quantity > 0:
            left.append(replace(need, quantity=quantity))
    return left


def _accepted(uow: UnitOfWork, periods: Periods) -> list[Movement]:
    """Accepted proposals that nobody has taken over count as supply by themselves."""
    query = select(Proposal).where(
        Proposal.company_id == uow.company_id, Proposal.state == "accepted"
    )
    if uow.ask(PurchasesUnderway) is not None:
        query = query.where(Proposal.method == "make")
    if uow.ask(ProductionUnderway) is not None:
        query = query.where((Proposal.method == "buy") | Proposal.document_id.is_(None))
    return [
        Movement(
            one.product_id, max(one.due_on, uow.today), one.quantity,
            DocumentRef("production.proposals", one.id),
        )
        for one in uow.session.scalars(query)
        if one.due_on <= periods.end
    ]  # fmt: skip


def _master_plan(uow: UnitOfWork, periods: Periods) -> list[Demand]:
    query = (
        select(MasterLine.product_id, MasterLine.on, MasterLine.quantity, MasterPlan.id)
        .join(MasterPlan, MasterPlan.id == MasterLine.plan_id)
        .where(
            MasterPlan.company_id == uow.company_id, MasterPlan.state == "approved",
            MasterLine.on >= periods.start, MasterLine.on <= periods.end,
        )
        .order_by(MasterLine.on, MasterLine.id)
    )  # fmt: skip
    return [
        Demand(product, on, quantity, DocumentRef("production.master_plans", plan))
        for product, on, quantity, plan in uow.session.execute(query)
        if quantity > 0
    ]


def _forecast(uow: UnitOfWork, products: Sequence[int], periods: Periods) -> Sequence[Demand]:
    port = uow.ask(DemandForecast)
    if port is None or not products:
        return ()
    return [
        need
        for part in _parts(products)
        for need in port.between(part, uow.today, periods.end)
        if need.quantity > 0
    ]


def _goods(uow: UnitOfWork, products: Collection[int]) -> dict[int, tuple[int, int]]:
    """Those that are kept in stock: the lead time written on them, and how finely they are counted."""
    found: dict[int, tuple[int, int]] = {}
    digits = {id: places for id, places in uow.session.execute(select(Unit.id, Unit.digits))}  # noqa: C416
    for part in _parts(sorted(products)):
        rows = uow.session.execute(
            select(Product.id, Product.lead_days, Product.unit_id).where(
                Product.id.in_(part), Product.kind == "goods", Product.active
            )
        )
        found |= {id: (days, digits[unit]) for id, days, unit in rows}
    return found


def _held(uow: UnitOfWork, lying: Mapping[int, Decimal], periods: Periods) -> list[Movement]:
    """Lots that wait for their inspection come when they are decided; refused ones do not come."""
    return [
        Movement(lot.product_id, lot.until, lot.quantity, lot.inspection)
        for lot in held_lots(uow, dict(lying))
        if lot.until is not None and lot.until <= periods.end
    ]


def _on_hand(
    uow: UnitOfWork, products: Sequence[int], lying: Mapping[int, Decimal]
) -> dict[int, Decimal]:
    """What lies there and may be used; goods in a quarantine may not."""
    port = uow.ask(StockAvailability)
    if port is None:
        return _made_to_order(uow, products)
    found: dict[int, Decimal] = {}
    for part in _parts(products):
        found |= port.on_hand(part)
    return {id: many - lying.get(id, ZERO) for id, many in found.items()}


def _made_to_order(uow: UnitOfWork, products: Sequence[int]) -> dict[int, Decimal]:
    """Without a warehouse: what was made for the orders that are open, and has not gone to others.

    That is what orders of production have finished that were released since the oldest open order
    was confirmed, less what orders of customers took since then that are done; never more than is
    open.
    """
    port = uow.ask(SalesUnderway)
    found: dict[int, Decimal] = {}
    for part in _parts(products) if port is not None else ():
        assert port is not None
        sold = port.sold(part)
        rows = uow.session.execute(
            select(Order.product_id, Order.released_on, Order.finished).where(
                Order.company_id == uow.company_id, Order.product_id.in_(sold),
                Order.finished > 0, Order.stocked.is_(False),
            )
        )  # fmt: skip
        made: dict[int, Decimal] = defaultdict(Decimal)
        for product, released_on, finished in rows:
            if released_on is not None and released_on >= sold[product].since:
                made[product] += finished
        for product, quantity in made.items():
            rest = min(quantity - sold[product].done, sold[product].open)
            found[product] = max(rest, ZERO)
    return found


def _parts(ids: Sequence[int]) -> Iterator[list[int]]:
    several = iter(ids)
    while part := list(itertools.islice(several, AT_ONCE)):
        yield part
