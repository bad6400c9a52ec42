"""Open and close a till."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import func, select

from dougong import ZERO, Refused, UnitOfWork, _, ref
from dougong_base.events import Taking, TakingsCounted
from dougong_pos.sales.models import Sale
from dougong_pos.tills.models import Day, Till
from dougong_pos.tills.workflow import DAY_STEPS


def open_day(uow: UnitOfWork, till_id: int, cash: Decimal = ZERO) -> Day:
    """Begin to sell at a till with this money in the drawer; raises `Refused` where it is open."""
    uow.require("pos.day.create")
    till = uow.get(Till, till_id)
    if not till.active:
        raise Refused(_("%(till)s is not in use.", till=till))
    if open_days(uow, till_id):
        raise Refused(_("This till is open already."))
    day = Day(company_id=till.company_id, till_id=till_id, opened_on=uow.today, opened_with=cash)
    uow.add(day)
    uow.number(day, "till-day", on=uow.today)
    return day


def open_days(uow: UnitOfWork, till_id: int) -> list[Day]:
    """The day that is open at a till, if one is."""
    found = select(Day).where(Day.till_id == till_id, Day.state == "open")
    return list(uow.session.scalars(found))


def close_days(uow: UnitOfWork, ids: Sequence[int], counted: Decimal = ZERO) -> list[Day]:
    """Count the drawer, note what is missing or too much, and let the books know."""
    uow.require("pos.day.close")
    days = uow.load(Day, ids, lock=True)
    for day in days:
        waiting = select(Sale.id).where(Sale.day_id == day.id, Sale.state == "open").limit(1)
        if uow.session.scalar(waiting):
            raise Refused(_("A sale is not paid yet: take the money, or give it up."))
        DAY_STEPS.move(day, "close")
        taken = _taken(uow, day.id)
        day.cash, day.card = taken.get("cash", ZERO), taken.get("card", ZERO)
        day.counted, day.difference = counted, counted - day.expected
        day.closed_on = uow.today
    uow.publish(counted_takings(uow, days))
    return days


def counted_takings(uow: UnitOfWork, days: Sequence[Day]) -> list[TakingsCounted]:
    """What the books are told of closed days: each receipt that was paid, and the difference."""
    takings: dict[int, list[Taking]] = {}
    rows = uow.session.scalars(
        select(Sale)
        .where(Sale.day_id.in_([day.id for day in days]), Sale.state == "paid")
        .order_by(Sale.id)
    )
    for sale in rows:
        paid = Taking(
            pays=ref(sale),
            number=sale.number or "",
            party_id=sale.customer_id,
            amount=sale.total,
            means=sale.means or "cash",
        )
        takings.setdefault(sale.day_id, []).append(paid)
    return [
        TakingsCounted(
            source=ref(day),
            number=day.number or "",
            company_id=day.company_id,
            on=day.closed_on or day.opened_on,
            takings=tuple(takings.get(day.id, ())),
            difference=day.difference or ZERO,
        )
        for day in days
    ]


def _taken(uow: UnitOfWork, day_id: int) -> dict[str, Decimal]:
    rows = uow.session.execute(
        select(Sale.means, func.sum(Sale.total).label("sum"))
        .where(Sale.day_id == day_id, Sale.state == "paid")
        .group_by(Sale.means)
    )
    return {row.means: row.sum for row in rows}
