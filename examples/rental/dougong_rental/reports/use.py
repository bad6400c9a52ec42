"""How much each asset was out, and what it earned."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong import ZERO, Actor, _, pgettext
from dougong.reports import Column, Line, Parameter, Report
from dougong_rental.assets.models import Asset
from dougong_rental.rentals.models import BookedDay, Rental


def ask_use(session: Session, actor: Actor, *, start: dt.date, end: dt.date) -> Iterable[Line]:
    """Days booked of the days there were, and the amount of what began in them."""
    total = max(1, (end - start).days + 1)
    booked = (
        select(BookedDay.asset_id, func.count().label("days"))
        .where(BookedDay.day >= start, BookedDay.day <= end)
        .group_by(BookedDay.asset_id)
    )
    earned = (
        select(Rental.asset_id, func.sum(Rental.amount).label("amount"))
        .where(Rental.from_on >= start, Rental.from_on <= end, Rental.state == "returned")
        .group_by(Rental.asset_id)
    )
    days = {row.asset_id: row.days for row in session.execute(booked)}
    amounts = {row.asset_id: row.amount for row in session.execute(earned)}
    for asset in session.scalars(select(Asset).order_by(Asset.code)):
        out = days.get(asset.id, 0)
        yield Line(
            {
                "code": asset.code,
                "name": asset.name,
                "days": out,
                "share": (Decimal(100) * out / total).quantize(Decimal("0.1")),
                "amount": amounts.get(asset.id, ZERO),
            },
            drill=f"/rental/rentals?asset={asset.id}&from_on.ge={start}&from_on.le={end}",
        )


USE = Report(
    "rental.use",
    _("Use of assets"),
    "rental.rental.read",
    [
        Column("code", _("Code")),
        Column("name", _("Name")),
        Column("days", _("Days booked"), "number", total=True),
        Column("share", _("Share"), "percent"),
        Column("amount", pgettext("rental", "Earned"), "amount", total=True),
    ],
    ask_use,
    [
        Parameter("start", _("From"), "date", required=True),
        Parameter("end", _("Until"), "date", required=True),
    ],
)
