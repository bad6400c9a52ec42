"""The second round of the demo: deliveries have come and are looked at, one is refused, one waits."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import select

from dougong import UnitOfWork
from dougong_base import Product
from dougong_production.inspections.models import Inspection, Result
from dougong_production.inspections.service import decide_inspections, refuse_lots

#: Of the lots by the day they came: the first waits for somebody, the fifth is refused.
WAITS, REFUSED = 0, 4
#: Percent of moisture, piece by piece.
MOISTURE = ("7.6", "8.3", "8.0", "7.9", "8.4", "8.1", "7.7", "8.2")


def decide_deliveries(uow: UnitOfWork) -> None:
    """Lots of suppliers are decided a day after they came, in their order."""
    lots = uow.session.scalars(
        select(Inspection)
        .where(Inspection.stage == "receipt", Inspection.state == "open")
        .order_by(Inspection.came_on, Inspection.id)
    ).all()
    decided = select(Inspection.id).where(Inspection.stage == "receipt", Inspection.state != "open")
    if uow.session.scalar(decided.limit(1)):
        return
    days: dict[dt.date, list[int]] = {}
    for n, lot in enumerate(lots):
        if n == WAITS:
            _measure(uow, lot, part=True)
            continue
        _measure(uow, lot)
        if n != REFUSED:
            days.setdefault(lot.came_on or uow.today, []).append(lot.id)
    for day, ids in days.items():
        decide_inspections(uow, ids, on=min(day + dt.timedelta(days=1), uow.today))
    if len(lots) > REFUSED:
        bad = lots[REFUSED]
        named = uow.session.scalar(select(Product.name).where(Product.id == bad.product_id)) or ""
        chinese = any("\u4e00" <= sign <= "\u9fff" for sign in named)
        reason = (
            "三箱受潮，表面起泡" if chinese else "Three boxes are wet, the surface is blistered"
        )
        on = min((bad.came_on or uow.today) + dt.timedelta(days=1), uow.today)
        refuse_lots(uow, [bad.id], reason, on=on)


def _measure(uow: UnitOfWork, lot: Inspection, *, part: bool = False) -> None:
    """Everything is right; of the lot that waits somebody has measured a few pieces."""
    results = uow.load(
        Result,
        uow.session.scalars(select(Result.id).where(Result.inspection_id == lot.id)).all(),
        Result.characteristic,
    )
    for result in results:
        if result.characteristic.kind == "numeric":
            many = lot.sample_size // 2 if part else lot.sample_size
            values = [Decimal(MOISTURE[(lot.id + n) % len(MOISTURE)]) for n in range(many)]
            result.keep(values)
        elif not part:
            result.nonconforming = 0
