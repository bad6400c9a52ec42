"""Column types that never lose a digit or an hour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, Numeric
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator

#: No money, no goods.
ZERO = Decimal(0)


class Exact(TypeDecorator[Decimal]):
    """A Decimal with a fixed number of digits: NUMERIC on PostgreSQL, a scaled integer on SQLite.

    A value with more digits than the column keeps, and a float, are refused: rounding is a
    decision of the business (`dougong.money`), never of the storage. SQL may add and compare
    such columns; it must not multiply them, because SQLite would multiply the scales too.
    """

    impl = Numeric
    cache_ok = True

    def __init__(self, digits: int) -> None:
        super().__init__(20, digits)
        self.digits = digits

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Integer storage on SQLite, which has no exact decimal of its own."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(BigInteger())
        return dialect.type_descriptor(Numeric(20, self.digits))

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        """Refuse what would be rounded; scale it where the database has only integers."""
        digits, scaled = self.digits, dialect.name == "sqlite"

        def bind(value: Decimal | int | None) -> Decimal | int | None:
            if value is None:
                return None
            if isinstance(value, float):
                raise TypeError(f"{value!r} is a float; amounts and quantities are Decimal")
            whole = Decimal(value).scaleb(digits)
            number = int(whole)
            if number != whole:
                raise ValueError(f"{value} has more than {digits} decimal places")
            return number if scaled else Decimal(value)

        return bind

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], Any] | None:
        """Give the Decimal back; PostgreSQL's driver does so by itself."""
        if dialect.name != "sqlite":
            return None
        digits = -self.digits
        return lambda value: None if value is None else Decimal(value).scaleb(digits)


class Moment(TypeDecorator[dt.datetime]):
    """A point in time: aware in Python, UTC in the database."""

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """With a time zone where the database knows one."""
        return dialect.type_descriptor(DateTime(timezone=dialect.name != "sqlite"))

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        """Refuse a naive time: nobody knows which hour it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        value = value.astimezone(dt.UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        """Say UTC where the database could not."""
        if value is not None and value.tzinfo is None:
            return value.replace(tzinfo=dt.UTC)
        return value


#: Money in a document's currency; some currencies have mils.
Amount = Exact(3)
#: A number of units of measure.
Quantity = Exact(6)
#: Money for one unit of measure.
Price = Exact(6)
#: Currency per currency.
Rate = Exact(9)
#: 15 means fifteen in the hundred.
Percent = Exact(4)
#: Anything JSON can say.
Json = JSON().with_variant(JSONB(), "postgresql")
#: Keys given by the client from house-wide blocks.
Id = BigInteger().with_variant(Integer(), "sqlite")
