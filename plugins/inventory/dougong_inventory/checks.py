"""What must always be true of stock; `dougong check` looks whether it is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong import Check, _
from dougong_inventory.counts.models import Count
from dougong_inventory.deliveries.models import Delivery, DeliveryLine
from dougong_inventory.forecast.models import (
    Forecast,
    ForecastAdjustment,
    ForecastLine,
    ForecastSeries,
)
from dougong_inventory.moves.models import Move
from dougong_inventory.openings.models import Opening
from dougong_inventory.receipts.models import Receipt
from dougong_inventory.reservations.models import Reservation
from dougong_inventory.scraps.models import Scrap
from dougong_inventory.stock.models import Stock
from dougong_inventory.transfers.models import Transfer
from dougong_inventory.valuation.models import Layer, StockValue
from dougong_inventory.warehouses.models import INSIDE, Location

#: Documents that move goods, by the name a move knows them under.
MOVERS = {
    model.__document__: model for model in (Delivery, Receipt, Transfer, Count, Scrap, Opening)
}


def all_checks() -> Sequence[Check]:
    """The invariants of inventory."""
    return [
        Check("inventory.stock", _("Stock is the sum of its moves"), stock_is_its_moves),
        Check("inventory.value", _("Value is the sum of the moves' values"), value_is_its_moves),
        Check("inventory.layers", _("Layers are never worth more than the stock"), layers_fit),
        Check("inventory.reserved", _("Reserved is what deliveries hold"), reserved_is_held),
        Check("inventory.documents", _("Every move has its document"), moves_have_documents),
        Check("inventory.forecasts", _("Forecasts are the sum of their periods"), forecasts_add_up),
    ]


def stock_is_its_moves(session: Session) -> Iterable[str]:
    """On hand, by place and lot, against what came minus what went."""
    lot = func.coalesce(Move.lot_id, 0)
    sums: dict[tuple[Any, ...], Decimal] = defaultdict(Decimal)
    for end, sign in ((Move.to_id, 1), (Move.from_id, -1)):
        rows = session.execute(
            select(Move.company_id, Move.product_id, end, lot, func.sum(Move.quantity))
            .join(Location, Location.id == end)
            .where(Location.kind.in_(INSIDE))
            .group_by(Move.company_id, Move.product_id, end, lot)
        )
        for *key, quantity in rows:
            sums[tuple(key)] += sign * quantity
    rows = session.execute(
        select(Stock.company_id, Stock.product_id, Stock.location_id, Stock.lot_id, Stock.on_hand)
    )
    for *key, on_hand in rows:
        moved = sums.pop(tuple(key), Decimal(0))
        if on_hand != moved:
            yield str(_told(key, on_hand, moved))
    for place, moved in sums.items():
        if moved:
            yield str(_told(place, 0, moved))


def _told(key: Sequence[int], on_hand: object, moved: object) -> object:
    return _(
        "Company %(company)s, product %(product)s, location %(location)s, lot %(lot)s: on hand is"
        " %(on_hand)s, but the moves say %(moved)s.",
        company=key[0],
        product=key[1],
        location=key[2],
        lot=key[3],
        on_hand=on_hand,
        moved=moved,
    )


def value_is_its_moves(session: Session) -> Iterable[str]:
    """Quantity and value of a product against the sum of its moves."""
    rows = session.execute(
        select(Move.company_id, Move.product_id, func.sum(Move.change), func.sum(Move.value))
        .group_by(Move.company_id, Move.product_id)
    )  # fmt: skip
    moved = {(company, product): (change, value) for company, product, change, value in rows}
    held = {
        (row.company_id, row.product_id): (row.quantity, row.value)
        for row in session.scalars(select(StockValue))
    }
    nothing = (Decimal(0), Decimal(0))
    for key in sorted({*moved, *held}):
        there, said = held.get(key, nothing), moved.get(key, nothing)
        if there != said:
            yield str(
                _(
                    "Company %(company)s, product %(product)s: %(quantity)s worth %(value)s, but the"
                    " moves say %(moved)s worth %(moved_value)s.",
                    company=key[0],
                    product=key[1],
                    quantity=there[0],
                    value=there[1],
                    moved=said[0],
                    moved_value=said[1],
                )
            )


def layers_fit(session: Session) -> Iterable[str]:
    """What is left of the layers is part of the stock."""
    left = func.sum(Layer.left_quantity)
    worth = func.sum(Layer.left_value)
    rows = session.execute(
        select(Layer.company_id, Layer.product_id, left, worth, StockValue.quantity, StockValue.value)
        .outerjoin(
            StockValue,
            (StockValue.company_id == Layer.company_id)
            & (StockValue.product_id == Layer.product_id),
        )
        .group_by(
            Layer.company_id, Layer.product_id, StockValue.quantity, StockValue.value
        )
    )  # fmt: skip
    for company, product, quantity, value, held, held_value in rows:
        if quantity > (held or 0) or value > (held_value or 0):
            yield str(
                _(
                    "Company %(company)s, product %(product)s: its layers hold %(quantity)s worth"
                    " %(value)s, more than the stock.",
                    company=company,
                    product=product,
                    quantity=quantity,
                    value=value,
                )
            )


def reserved_is_held(session: Session) -> Iterable[str]:
    """Reserved, by place and lot and by line, against the reservations."""
    key = (
        Reservation.company_id, Reservation.product_id, Reservation.location_id, Reservation.lot_id,
    )  # fmt: skip
    held = {
        tuple(place): quantity
        for *place, quantity in session.execute(
            select(*key, func.sum(Reservation.quantity)).group_by(*key)
        )
    }
    reserved = {
        tuple(place): quantity
        for *place, quantity in session.execute(
            select(
                Stock.company_id, Stock.product_id, Stock.location_id, Stock.lot_id, Stock.reserved
            ).where(Stock.reserved != 0)
        )
    }
    for place in sorted({*held, *reserved}):
        if held.get(place, 0) != reserved.get(place, 0):
            yield str(
                _(
                    "Company %(company)s, product %(product)s, location %(location)s, lot %(lot)s:"
                    " %(reserved)s are reserved, but deliveries hold %(held)s.",
                    company=place[0],
                    product=place[1],
                    location=place[2],
                    lot=place[3],
                    reserved=reserved.get(place, 0),
                    held=held.get(place, 0),
                )
            )
    rows = session.execute(
        select(DeliveryLine.id, DeliveryLine.reserved, func.sum(Reservation.quantity))
        .join(Delivery, Delivery.id == DeliveryLine.delivery_id)
        .outerjoin(Reservation, Reservation.line_id == DeliveryLine.id)
        .group_by(DeliveryLine.id, DeliveryLine.reserved)
        .having(DeliveryLine.reserved != func.coalesce(func.sum(Reservation.quantity), 0))
    )
    for line, quantity, sum_ in rows:
        yield str(
            _(
                "Delivery line %(line)s says %(reserved)s are reserved, but it holds %(held)s.",
                line=line,
                reserved=quantity,
                held=sum_ or 0,
            )
        )


def moves_have_documents(session: Session) -> Iterable[str]:
    """A move whose document is not there has no reason."""
    for kind, model in MOVERS.items():
        lost = session.scalars(
            select(Move.id)
            .outerjoin(model, model.id == Move.document_id)
            .where(Move.document_kind == kind, model.id.is_(None))
            .order_by(Move.id)
            .limit(100)
        )
        for move in lost:
            yield str(_("Move %(move)s belongs to no document.", move=move))
    strange = select(Move.id).where(Move.document_kind.not_in(MOVERS)).order_by(Move.id).limit(100)
    for move in session.scalars(strange):
        yield str(_("Move %(move)s belongs to no document.", move=move))


def forecasts_add_up(session: Session) -> Iterable[str]:
    """Every series has a figure for each period, and its total is what counts of them."""
    line, instead = ForecastLine, ForecastAdjustment
    rows = session.execute(
        select(
            Forecast.number, ForecastSeries.id, ForecastSeries.total, Forecast.horizon,
            func.count(line.id), func.sum(func.coalesce(instead.quantity, line.quantity)),
        )
        .select_from(ForecastSeries)
        .join(Forecast, Forecast.id == ForecastSeries.forecast_id)
        .outerjoin(line, line.series_id == ForecastSeries.id)
        .outerjoin(instead, (instead.series_id == ForecastSeries.id) & (instead.on == line.on))
        .group_by(Forecast.number, ForecastSeries.id, ForecastSeries.total, Forecast.horizon)
    )  # fmt: skip
    for number, series, total, horizon, count, told in rows:
        if count != horizon or total != (told or 0):
            yield str(
                _(
                    "Forecast %(number)s, series %(series)s: %(total)s in %(horizon)s periods, but"
                    " %(count)s periods say %(told)s.",
                    number=number,
                    series=series,
                    total=total,
                    horizon=horizon,
                    count=count,
                    told=told or 0,
                )
            )
