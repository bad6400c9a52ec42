"""What every company needs from its first day; doing it twice changes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from dougong import UnitOfWork, digits_of
from dougong.companies.models import Company
from dougong_base.calendars.models import Calendar
from dougong_base.currencies.models import Currency
from dougong_base.seeds import CURRENCIES, TAXES, TERMS, UNITS
from dougong_base.taxes.models import Tax
from dougong_base.terms.models import PaymentTerm, PaymentTermLine
from dougong_base.units.models import Unit


def seed_basics(uow: UnitOfWork) -> None:
    """Put in what is not there yet, in the words of the company's country."""
    country = uow.session.scalar(select(Company.country).where(Company.id == uow.company_id))
    chinese = country == "CN"
    _missing(uow, Currency, (_currency(*row) for row in CURRENCIES))
    _missing(uow, Unit, (_unit(row, chinese) for row in UNITS))
    _missing(uow, Tax, (_tax(*row) for row in TAXES.get(country or "", TAXES[""])))
    _missing(uow, PaymentTerm, (_term(row, chinese) for row in TERMS))
    _missing(
        uow, Calendar, [Calendar(code="STD", name="标准工作日历" if chinese else "Usual week")]
    )


def _missing(uow: UnitOfWork, model: type[Any], rows: Iterable[Any]) -> None:
    there = set(uow.session.scalars(select(model.code)))
    uow.add(*(row for row in rows if row.code not in there))


def _currency(code: str, symbol: str, name: str) -> Currency:
    return Currency(code=code, name=name, symbol=symbol, digits=digits_of(code))


def _unit(row: tuple[str, str, str, str, str, int], chinese: bool) -> Unit:
    code, name, own, family, factor, digits = row
    return Unit(
        code=code, name=own if chinese else name, family=family, factor=Decimal(factor),
        digits=digits,
    )  # fmt: skip


def _tax(code: str, name: str, rate: str, scope: str) -> Tax:
    return Tax(code=code, name=name, kind="percent", rate=Decimal(rate), scope=scope)


def _term(
    row: tuple[str, str, str, list[tuple[str, str, int, bool]]], chinese: bool
) -> PaymentTerm:
    code, name, own, parts = row
    lines = [
        PaymentTermLine(kind=kind, value=Decimal(value), days=days, end_of_month=end)
        for kind, value, days, end in parts
    ]
    return PaymentTerm(code=code, name=own if chinese else name, lines=lines)
