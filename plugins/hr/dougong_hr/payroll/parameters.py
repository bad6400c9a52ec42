"""The values that hold on a day: what ``lookup`` finds."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from dougong import Text, _
from dougong_hr.insurance.models import BRANCHES, InsurancePlan, InsuranceRate
from dougong_hr.structures.expressions import WrongFormula
from dougong_hr.tables.models import RateRow, RateTable

ZERO = Decimal(0)
#: The upper limit of a base where there is none.
ENDLESS = Decimal(10) ** 12
SIDES = ("employee", "employer", "low", "high", "fixed")


class Value(NamedTuple):
    """One row of a table, as plain values."""

    from_on: dt.date
    key: str | None
    upto: Decimal | None
    value: Decimal


class Parameters:
    """Answers ``lookup(table, key)`` by the rows that hold on one day."""

    def __init__(self, on: dt.date) -> None:
        self.on = on
        self._keyed: dict[str, dict[str, Decimal]] = {}
        self._brackets: dict[str, list[tuple[Decimal | None, Decimal]]] = {}
        self._rates: dict[tuple[str, str], Decimal] = {}

    def add_table(self, code: str, rows: Iterable[Value]) -> None:
        """Take the rows of a table that hold: by key the latest each, of brackets the latest set."""
        begun = [row for row in rows if row.from_on <= self.on]
        self._keyed[code] = {
            row.key: row.value
            for row in sorted(begun, key=lambda r: r.from_on)
            if row.key is not None
        }
        plain = [row for row in begun if row.key is None]
        latest = max((row.from_on for row in plain), default=None)
        self._brackets[code] = sorted(
            ((row.upto, row.value) for row in plain if row.from_on == latest),
            key=lambda pair: (pair[0] is None, pair[0] or ZERO),
        )

    def add_rate(self, place: str, rate: InsuranceRate) -> None:
        """Take the rates of one branch; later ones, that hold already, go over earlier ones."""
        for side in SIDES:
            value = getattr(rate, side)
            self._rates[f"{rate.branch}.{side}", place] = ENDLESS if value is None else value

    def __call__(self, table: str, key: Any) -> Decimal:
        """What the table says; raises `WrongFormula` when there is no such table or row."""
        branch, dot, side = table.partition(".")
        if dot and branch in BRANCHES and side in SIDES:
            usual = ENDLESS if side == "high" else ZERO
            return self._rates.get((table, key or ""), usual)
        if table not in self._keyed:
            raise WrongFormula(_("There is no rate table “%(table)s”.", table=table))
        if isinstance(key, str):
            return self._by_key(table, key)
        return self._by_amount(table, key)

    def known(self, table: str, key: str) -> Decimal | None:
        """What the table says of a key, if it says anything."""
        return self._keyed.get(table, {}).get(key)

    def _by_key(self, table: str, key: str) -> Decimal:
        try:
            return self._keyed[table][key]
        except KeyError:
            raise self._nothing(table, key) from None

    def _by_amount(self, table: str, amount: Decimal | None) -> Decimal:
        for upto, value in self._brackets[table]:
            if upto is None or (amount is not None and amount <= upto):
                return value
        raise self._nothing(table, _("this amount") if amount is None else amount)

    def _nothing(self, table: str, key: Any) -> WrongFormula:
        said: Text | str = key if isinstance(key, Text) else str(key) or _("an empty name")
        return WrongFormula(
            _(
                "The rate table “%(table)s” says nothing about %(key)s on %(day)s.",
                table=table, key=said, day=self.on,
            )
        )  # fmt: skip


def parameters_on(session: Session, on: dt.date) -> Parameters:
    """Every table and every place's rates, as they hold on that day."""
    found = Parameters(on)
    rows: dict[str, list[Value]] = defaultdict(list)
    for code, from_on, key, upto, value in session.execute(
        select(RateTable.code, RateRow.from_on, RateRow.key, RateRow.upto, RateRow.value).join(
            RateRow, RateRow.table_id == RateTable.id
        )
    ):
        rows[code].append(Value(from_on, key, upto, value))
    for code, known in rows.items():
        found.add_table(code, known)
    rates = session.execute(
        select(InsurancePlan.code, InsuranceRate)
        .join(InsuranceRate, InsuranceRate.plan_id == InsurancePlan.id)
        .where(InsuranceRate.from_on <= on)
        .order_by(InsuranceRate.from_on)
    )
    for place, rate in rates:
        found.add_rate(place, rate)
    return found
