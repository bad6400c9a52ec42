"""A warehouse with something in it, for the demo company."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import ROUND_UP, Decimal

from sqlalchemy import select

from dougong import UnitOfWork, _
from dougong_base import Product
from dougong_inventory.counts.models import Count, CountLine
from dougong_inventory.counts.service import adjust
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.deliveries.service import ship_deliveries
from dougong_inventory.forecast.adjusting import adjust_series
from dougong_inventory.forecast.making import forecast_now
from dougong_inventory.forecast.models import Forecast, ForecastLine, ForecastSeries
from dougong_inventory.forecast.service import approve_forecasts, start_forecasts
from dougong_inventory.moves.models import Move
from dougong_inventory.openings.models import Opening, OpeningLine
from dougong_inventory.openings.service import open_stock
from dougong_inventory.receipts.models import Receipt
from dougong_inventory.receipts.service import receive
from dougong_inventory.replenishment.models import ReorderRule
from dougong_inventory.replenishment.suggestions import suggest
from dougong_inventory.stock.models import Stock
from dougong_inventory.warehouses.service import find_places

#: The shelves were full before the first order.
BEFORE = 125


def run_the_warehouse(uow: UnitOfWork) -> None:
    """Opening stock, goods that leave on their days, goods that come back."""
    fill_the_shelves(uow)
    let_goods_leave(uow)
    _take_back(uow)
    _take_in_purchases(uow)
    _look_after(uow)
    look_ahead(uow)


def fill_the_shelves(uow: UnitOfWork) -> None:
    """Opening stock of all goods that are not traced, and rules for buying them again; only once."""
    goods = uow.session.scalars(
        select(Product)
        .where(Product.kind == "goods", Product.tracking == "none", Product.active)
        .order_by(Product.code)
    ).all()
    if not goods or uow.session.scalar(select(Move.id).limit(1)):
        return
    warehouse = find_places(uow).warehouse_of(uow.company_id)
    opening = Opening(
        warehouse_id=warehouse,
        opened_on=uow.today - dt.timedelta(days=BEFORE),
        lines=[
            OpeningLine(
                product_id=product.id,
                quantity=Decimal(20 + 15 * (n % 7)),
                unit_cost=_cost(product),
            )
            for n, product in enumerate(goods)
        ],
    )
    uow.add(opening)
    open_stock(uow, [opening.id])
    for n, product in enumerate(goods):
        rule = ReorderRule(
            product_id=product.id,
            warehouse_id=warehouse,
            minimum=Decimal(10 + 5 * (n % 3)),
            maximum=Decimal(60),
            multiple=Decimal(10),
        )
        uow.add(rule)
    uow.flush()


def _cost(product: Product) -> Decimal:
    """What it costs, or six tenths of what it is sold for."""
    usual = product.cost_price or product.sales_price * Decimal("0.6")
    return usual.quantize(Decimal("0.01"), ROUND_UP)


def let_goods_leave(uow: UnitOfWork) -> None:
    """Ship what was ordered longer ago, on its day; a few leave in part, the newest wait."""
    waiting = uow.session.scalars(
        select(Delivery)
        .where(Delivery.state.in_(("ready", "partial")), Delivery.kind == "sale")
        .order_by(Delivery.promised_on, Delivery.id)
    ).all()
    if uow.session.scalar(select(Delivery.id).where(Delivery.state == "shipped").limit(1)):
        return
    days: dict[dt.date, list[int]] = {}
    short = [delivery for delivery in waiting if delivery.state == "partial"]
    for n, delivery in enumerate(waiting):
        promised = delivery.promised_on or uow.today
        day = promised - dt.timedelta(days=2 + n % 4)
        if day < uow.today - dt.timedelta(days=3):
            days.setdefault(day, []).append(delivery.id)
    for day, ids in sorted(days.items()):
        ship_deliveries(uow, ids, on=day, quantities=_in_part(uow, ids))
    if len(short) > 1:
        # What there is of a large order leaves at once; the rest waits for stock.
        ship_deliveries(uow, [short[-1].id])


def _in_part(uow: UnitOfWork, ids: Sequence[int]) -> dict[int, Decimal]:
    """Every fourth day one piece of the first line stays behind, for another delivery."""
    lines = [line for d in uow.load(Delivery, ids, Delivery.lines) for line in d.lines]
    quantities = {line.id: line.reserved for line in lines}
    first = next((line for line in lines if line.reserved > 1), None)
    if first is not None and ids[0] % 4 == 0:
        quantities[first.id] -= 1
    return quantities


def _take_in_purchases(uow: UnitOfWork) -> None:
    """What suppliers should have brought before today has come on its day."""
    late = uow.session.execute(
        select(Receipt.id, Receipt.expected_on)
        .where(
            Receipt.kind == "purchase",
            Receipt.state == "expected",
            Receipt.source_id.is_not(None),
            Receipt.expected_on < uow.today,
        )
        .order_by(Receipt.expected_on, Receipt.id)
    ).all()
    for key, day in late:
        receive(uow, [key], on=day)


def _look_after(uow: UnitOfWork) -> None:
    """Somebody counted a shelf and found one lamp too few; another sheet is still being filled."""
    if uow.session.scalar(select(Count.id).limit(1)):
        return
    row = uow.session.scalars(
        select(Stock)
        .where(Stock.on_hand > Stock.reserved + 3, Stock.lot_id == 0)
        .order_by(Stock.product_id)
    ).first()
    if row is None:
        return
    found = CountLine(product_id=row.product_id, counted=row.on_hand - 1)
    counted = Count(location_id=row.location_id, lines=[found])
    uow.add(counted, Count(location_id=row.location_id))
    adjust(uow, [counted.id])


def _take_back(uow: UnitOfWork) -> None:
    """What customers sent back has arrived."""
    ids = uow.session.scalars(
        select(Receipt.id).where(Receipt.kind == "return", Receipt.state == "expected")
    ).all()
    if ids:
        receive(uow, ids)


def look_ahead(uow: UnitOfWork) -> None:
    """What was forecast six weeks ago can be compared with what came; the next quarter is forecast.

    A fair is known to nobody but the planner, and a few reorder rules are suggested from it.
    """
    if uow.session.scalar(select(Forecast.id).limit(1)):
        return
    for back, horizon in ((42, 6), (0, 13)):
        forecast = Forecast(start_on=uow.today - dt.timedelta(days=back), horizon=horizon, past=52)
        uow.add(forecast)
        start_forecasts(uow, [forecast.id])
        forecast_now(uow, forecast.id)
        if not forecast.series:
            return
        if not back:
            _expect_a_fair(uow, forecast)
        approve_forecasts(uow, [forecast.id])
        uow.flush()
    rules = uow.session.scalars(select(ReorderRule.id).order_by(ReorderRule.id).limit(6)).all()
    suggest(uow, rules)


def _expect_a_fair(uow: UnitOfWork, forecast: Forecast) -> None:
    largest = uow.session.scalars(
        select(ForecastSeries.id)
        .where(ForecastSeries.forecast_id == forecast.id)
        .order_by(ForecastSeries.total.desc(), ForecastSeries.id)
        .limit(1)
    ).one()
    line = uow.session.scalars(
        select(ForecastLine).where(ForecastLine.series_id == largest).order_by(ForecastLine.on)
    ).all()[4]
    more = line.high.to_integral_value(ROUND_UP)
    adjust_series(uow, [largest], line.id, more, str(_("Trade fair")))
