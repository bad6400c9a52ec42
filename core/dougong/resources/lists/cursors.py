"""Page marks: the sort values of a row, sealed into the URL and checked when they come back."""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from dougong.errors import DougongError
from dougong.i18n import _
from dougong.resources.fields import Field, Link


class NoSuchPage(DougongError):
    """The page mark does not fit the list."""

    status = 422  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__(_("This page mark does not fit the list; start from its first page."))


def seal(values: Sequence[Any]) -> str:
    """A page mark from the sort values and the key of a row."""
    text = json.dumps([_said(v) for v in values], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def unseal(token: str, fields: Sequence[Field]) -> list[Any]:
    """The values of a page mark; each must have the type of its column."""
    try:
        raw = json.loads(base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)))
        values = [_read(v) for v in raw]
        for field, value in zip(fields, values[:-1], strict=True):
            _check(value, str if isinstance(field, Link) else field.column.type.python_type)
        if values[-1] is None or isinstance(values[-1], bool):
            raise ValueError
        for value in values:
            if isinstance(value, int) and abs(value) >= 2**63:
                raise ValueError
    except (ValueError, KeyError, TypeError, ArithmeticError, RecursionError):
        raise NoSuchPage from None
    return values


def _said(value: Any) -> Any:
    if isinstance(value, Decimal):
        return {"d": str(value)}
    if isinstance(value, dt.datetime):
        return {"t": value.isoformat()}
    if isinstance(value, dt.date):
        return {"D": value.isoformat()}
    return value


def _read(value: Any) -> Any:
    if not isinstance(value, dict):
        if isinstance(value, str | int) or value is None:
            return value
        raise ValueError
    if "d" in value:
        return Decimal(value["d"])
    if "t" in value:
        at = dt.datetime.fromisoformat(value["t"])
        return at if at.tzinfo else at.replace(tzinfo=dt.UTC)
    return dt.date.fromisoformat(value["D"])


def _check(value: Any, kind: type[Any]) -> None:
    if value is None:
        return
    if not isinstance(value, kind) or isinstance(value, bool) != (kind is bool):
        raise ValueError
    if isinstance(value, Decimal) and not (value.is_finite() and abs(value) < 10**14):
        raise ValueError
    if isinstance(value, Decimal) and value != round(value, 9):
        raise ValueError
    if isinstance(value, str):
        value.encode()
        if "\x00" in value:
            raise ValueError
