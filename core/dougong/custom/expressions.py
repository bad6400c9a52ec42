"""A part of a JSON column as a typed expression, alike on both databases and fit for an index."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Dialect, String, literal_column, type_coerce
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator


class Scaled(TypeDecorator[Decimal]):
    """A Decimal as a whole multiple of its last place."""

    impl = BigInteger
    cache_ok = True

    def __init__(self, digits: int) -> None:
        super().__init__()
        self.digits = digits

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """In whole multiples."""
        return None if value is None else int(Decimal(value).scaleb(self.digits))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """The Decimal again."""
        return None if value is None else Decimal(int(value)).scaleb(-self.digits)


class IsoDay(TypeDecorator[dt.date]):
    """A day as its ISO text, which sorts as days do."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """The text."""
        return value.isoformat() if isinstance(value, dt.date) else value

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """The day."""
        return None if value is None else dt.date.fromisoformat(value)


class ZeroOne(TypeDecorator[bool]):
    """Yes and no as 1 and 0."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """1 or 0."""
        return None if value is None else int(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """Yes or no."""
        return None if value is None else bool(value)


class _Words(FunctionElement[str]):
    inherit_cache = True
    type = String()


class _Whole(FunctionElement[int]):
    inherit_cache = True
    type = BigInteger()


@compiles(_Words, "sqlite")
@compiles(_Whole, "sqlite")
def _sqlite(element: Any, compiler: Any, **given: Any) -> str:
    column, key = element.clauses
    return f"json_extract({compiler.process(column, **given)}, '$.{key.name}')"


@compiles(_Words, "postgresql")
def _words(element: Any, compiler: Any, **given: Any) -> str:
    column, key = element.clauses
    return f"({compiler.process(column, **given)} ->> '{key.name}')"


@compiles(_Whole, "postgresql")
def _whole(element: Any, compiler: Any, **given: Any) -> str:
    column, key = element.clauses
    return f"(({compiler.process(column, **given)} ->> '{key.name}')::bigint)"


def part_of(column: Any, name: str, kind: Any) -> Any:
    """The value of that name in a JSON column, as this type."""
    make = _Words if isinstance(kind, String | IsoDay) else _Whole
    return type_coerce(make(column, literal_column(name)), kind)


def index_of(name: str, kind: Any, dialect: str) -> str:
    """The same as the expression of an index over ``core_custom``."""
    if dialect == "sqlite":
        return f"json_extract(\"values\", '$.{name}')"
    words = f"(\"values\" ->> '{name}')"
    return f"({words})" if isinstance(kind, String | IsoDay) else f"(({words}::bigint))"
