"""When how much is due: arithmetic, no database."""

from __future__ import annotations

import calendar
import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from dougong import rounded

if TYPE_CHECKING:
    from dougong_base.terms.models import PaymentTerm, PaymentTermLine


def instalments(
    term: PaymentTerm | None, total: Decimal, currency: str, on: dt.date
) -> list[tuple[dt.date, Decimal]]:
    """The due dates and amounts of an invoice over ``total`` of that day, earliest first.

    They always add up to the total: what rounding, or a term that does not reach a hundred
    percent, leaves over goes to the remainder instalments in equal parts, else to the last one.
    """
    if term is None or not term.lines:
        return [(on, total)]
    amounts = [_amount(line, total, currency) for line in term.lines]
    rest = total - sum((a for a in amounts if a is not None), Decimal(0))
    takers = [i for i, amount in enumerate(amounts) if amount is None]
    shares = [amount or Decimal(0) for amount in amounts]
    if takers:
        for i in takers[:-1]:
            shares[i] = rounded(rest / len(takers), currency)
        shares[takers[-1]] = rest - sum((shares[i] for i in takers[:-1]), Decimal(0))
    else:
        shares[-1] += rest
    due: dict[dt.date, Decimal] = {}
    for line, share in zip(term.lines, shares, strict=True):
        day = due_on(line, on)
        due[day] = due.get(day, Decimal(0)) + share
    return [(day, amount) for day, amount in sorted(due.items()) if amount] or [(max(due), total)]


def discount_until(
    term: PaymentTerm | None, total: Decimal, currency: str, on: dt.date
) -> tuple[dt.date, Decimal] | None:
    """Until when how much may be kept for paying early; None where the term grants nothing."""
    if term is None or not term.discount_percent:
        return None
    until = on + dt.timedelta(days=term.discount_days)
    return until, rounded(total * term.discount_percent / 100, currency)


def due_on(line: PaymentTermLine, on: dt.date) -> dt.date:
    """The day an instalment is due, counted from the invoice's."""
    day = on + dt.timedelta(days=line.days or 0)
    if line.end_of_month:
        day = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return day


def _amount(line: PaymentTermLine, total: Decimal, currency: str) -> Decimal | None:
    if line.kind == "percent":
        return rounded(total * line.value / 100, currency)
    if line.kind == "fixed":
        # A credit note is paid back in the same steps.
        return rounded(line.value.copy_sign(total), currency)
    return None
