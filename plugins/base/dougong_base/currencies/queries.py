"""What a currency was worth on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import Refused, _, rounded, rounded_to
from dougong.companies.models import Company
from dougong_base.currencies.models import CurrencyRate

ONE = Decimal(1)


class NoRate(Refused):
    """Nobody has entered what the currency was worth."""

    def __init__(self, currency: str, to: str, on: dt.date) -> None:
        super().__init__(
            _(
                "There is no rate from %(currency)s to %(to)s on %(on)s."
                " Enter one under Currencies, Rates.",
                currency=currency,
                to=to,
                on=on,
            )
        )


def rate_on(session: Session, currency: str, on: dt.date, to: str | None = None) -> Decimal:
    """How much of ``to`` (the first company's currency) one unit is worth on that day.

    The latest rate up to the day counts, its inverse where only that was entered. Raises `NoRate`.
    """
    to = to or session.scalar(select(Company.currency).order_by(Company.id).limit(1)) or currency
    return rates_on(session, [(currency, on)], to)[currency, on]


def rates_on(
    session: Session, wanted: Iterable[tuple[str, dt.date]], to: str
) -> dict[tuple[str, dt.date], Decimal]:
    """The rates of many currencies and days in one statement."""
    keys = set(wanted)
    found = {(currency, on): ONE for currency, on in keys if currency == to}
    missing = keys - found.keys()
    if not missing:
        return found
    codes = {currency for currency, _on in missing} | {to}
    rates = session.execute(
        select(CurrencyRate.currency, CurrencyRate.against, CurrencyRate.on, CurrencyRate.rate)
        .where(
            CurrencyRate.currency.in_(codes),
            CurrencyRate.against.in_(codes),
            CurrencyRate.on <= max(on for _currency, on in missing),
        )
        .order_by(CurrencyRate.on)
    ).all()
    for currency, on in missing:
        rate = None
        for row in rates:
            if row.on > on:
                break
            if (row.currency, row.against) == (currency, to):
                rate = row.rate
            elif (row.currency, row.against) == (to, currency):
                rate = rounded_to(ONE / row.rate, 9)
        if rate is None:
            raise NoRate(currency, to, on)
        found[currency, on] = rate
    return found


def exchanged(amount: Decimal, rate: Decimal, to: str) -> Decimal:
    """An amount at a rate, in whole minor units of the target currency."""
    return rounded(amount * rate, to)
