"""Who delivers when he said he would."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong import _
from dougong.actors import Actor
from dougong.reports import Column, Line, Report
from dougong_base import Party
from dougong_purchasing.orders.models import Order, OrderLine
from dougong_purchasing.reports.spend import BOUGHT, PERIOD

DUE = func.coalesce(OrderLine.expected_on, Order.expected_on)


def ask_punctuality(
    session: Session, actor: Actor, *, start: dt.date, end: dt.date
) -> Iterable[Line]:
    """By supplier, of the lines due in the period: in full and on time, late, and still open."""
    rows = session.execute(
        select(
            Party.id,
            Party.name,
            OrderLine.own_quantity,
            OrderLine.received,
            OrderLine.received_on,
            DUE.label("due_on"),
        )
        .join(Order, Order.id == OrderLine.order_id)
        .join(Party, Party.id == Order.supplier_id)
        .where(Order.state.in_(BOUGHT), OrderLine.kind == "goods", start <= DUE, end >= DUE)
        .order_by(Party.name)
    )
    suppliers: dict[tuple[str, int], list[tuple[bool, int]]] = defaultdict(list)
    for row in rows:
        whole = row.received >= row.own_quantity
        came = row.received_on if whole and row.received_on else max(actor.today, row.due_on)
        suppliers[row.name, row.id].append((whole, (came - row.due_on).days))
    for (name, id), lines in suppliers.items():
        on_time = sum(whole and days <= 0 for whole, days in lines)
        late = [days for _whole, days in lines if days > 0]
        yield Line(
            {
                "supplier": name,
                "due": len(lines),
                "on_time": on_time,
                "late": sum(whole and days > 0 for whole, days in lines),
                "open": sum(not whole for whole, _days in lines),
                "percent": on_time * 100 / len(lines),
                "days": sum(late) / len(late) if late else None,
            },
            drill=f"/purchasing/orders?supplier={id}",
        )


PUNCTUALITY = Report(
    "purchasing.punctuality",
    _("On-time delivery"),
    "purchasing.order.read",
    [
        Column("supplier", _("Supplier")),
        Column("due", _("Lines due"), "number", total=True),
        Column("on_time", _("In full and on time"), "number", total=True),
        Column("late", _("Late"), "number", total=True),
        Column("open", _("Still to come"), "number", total=True),
        Column("percent", _("On time in percent"), "percent"),
        Column("days", _("Mean days late"), "number"),
    ],
    ask_punctuality,
    PERIOD,
    icon="truck-delivery",
    order=50,
)
