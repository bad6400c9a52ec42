"""Numbers, money and dates in the reader's language: made once a language, fast for each value."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import (
    format_date,
    format_datetime,
    format_interval,
    format_skeleton,
    parse_date,
)
from babel.numbers import format_compact_decimal, format_currency


class Formats:
    """What one language in one time zone needs; ask `formats` for the shared instance."""

    def __init__(self, code: str, timezone: str = "UTC") -> None:
        self.code, self.locale, self.zone = code, Locale.parse(code), ZoneInfo(timezone)
        symbols = self.locale.number_symbols["latn"]
        self.point, self.group = symbols["decimal"], symbols["group"]
        english = (self.group, self.point) == (",", ".")
        self._swap = None if english else str.maketrans({",": self.group, ".": self.point})
        self.date = lru_cache(4096)(self._date)
        self.time = lru_cache(4096)(self._time)
        self.month = lru_cache(512)(self._month)
        self._shape = lru_cache(64)(self._shape_of)

    def number(self, value: Decimal | int, digits: int) -> str:
        """With exactly so many decimal places, thousands grouped."""
        text = f"{value:,.{digits}f}"
        return text.translate(self._swap) if self._swap else text

    def trimmed(
        self, value: Decimal | int, digits: int, least: int = 0, group: bool = False
    ) -> str:
        """As short as it can be said, but with at least ``least`` decimal places."""
        text = f"{value:,.{digits}f}" if group else f"{value:.{digits}f}"
        if digits > least:
            whole, _point, rest = text.partition(".")
            kept = rest[:least] + rest[least:].rstrip("0")
            text = f"{whole}.{kept}" if kept else whole
        return text.translate(self._swap) if self._swap else text

    def short(self, value: Decimal) -> str:
        """A large number as beside a scale: 40K, in Chinese 4万."""
        return str(format_compact_decimal(value, locale=self.locale, fraction_digits=1))

    def money(self, value: Decimal, currency: str) -> str:
        """An amount with its currency's sign and number of places."""
        head, tail, digits = self._shape(currency)
        sign = "-" if value < 0 else ""
        return f"{sign}{head}{self.number(abs(value), digits)}{tail}"

    def to_decimal(self, text: str) -> Decimal:
        """Read a number as people of this language write it; ValueError when it is none."""
        clean = text.strip().replace("，", ",").replace("。", ".")
        for gap in ("\u00a0", "\u202f", " ", "'"):
            clean = clean.replace(gap, "")
        clean = clean.replace(self.group, "").replace(self.point, ".")
        try:
            value = Decimal(clean)
        except InvalidOperation:
            raise ValueError("number") from None
        if not value.is_finite():
            raise ValueError("number")
        return value

    def to_date(self, text: str) -> dt.date:
        """Read a date, in ISO form or as people of this language write it."""
        text = text.strip()
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            pass
        try:
            return parse_date(text, self.locale)
        except (ValueError, IndexError):
            raise ValueError("date") from None

    def days(self, first: dt.date, last: dt.date) -> str:
        """From a day to another one, what both share said once: ``Oct 1 – 29, 2026``."""
        if first == last:
            return str(self.date(first))
        return str(format_interval(first, last, "yMMMd", locale=self.locale))

    def _date(self, day: dt.date) -> str:
        return format_date(day, "medium", self.locale)

    def _time(self, at: dt.datetime) -> str:
        return format_datetime(at, "short", self.zone, self.locale)

    def _month(self, key: int) -> str:
        return format_skeleton("yMMM", dt.date(key // 100, key % 100, 1), locale=self.locale)

    def _shape_of(self, currency: str) -> tuple[str, str, int]:
        head, _, tail = format_currency(Decimal(8), currency, locale=self.locale).partition("8")
        return head, tail.lstrip(self.point + "0"), sum(c.isdigit() for c in tail)


@lru_cache(maxsize=64)
def formats(code: str, timezone: str = "UTC") -> Formats:
    """The shared formats of a language and time zone."""
    return Formats(code, timezone)
