"""How a report's values look: in the reader's language, exact as they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import parse_pattern

from dougong.i18n import language
from dougong.reports.declared import Column

_PATTERNS = {
    "amount": "#,##0.00#",
    "quantity": "#,##0.######",
    "number": "#,##0.##########",
    "percent": "#,##0.##",
}


def shown(column: Column, value: Any) -> str:
    """One value as the page and the terminal show it; nothing where there is none."""
    if value is None:
        return ""
    return _shower(column.kind, language())(value)


def is_figure(column: Column) -> bool:
    """Whether the column's values stand to the right."""
    return column.kind in _PATTERNS


@lru_cache(maxsize=64)
def _shower(kind: str, code: str) -> Callable[[Any], str]:
    """A formatter that was looked up once: Babel's own lookup costs more than the page."""
    locale = Locale.parse(code)
    if kind in _PATTERNS:
        pattern = parse_pattern(_PATTERNS[kind])
        sign = "%" if kind == "percent" else ""
        return lambda value: pattern.apply(Decimal(value), locale) + sign
    if kind == "date":
        return lambda value: (
            format_date(value, "medium", locale) if isinstance(value, dt.date) else str(value)
        )
    return str
