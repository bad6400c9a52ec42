"""Days, and moments."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from markupsafe import Markup
from pydantic import BeforeValidator, WithJsonSchema
from sqlalchemy import extract, literal_column

from dougong.resources.fields.base import EQUALITY, ORDER, Field, Operator, wrong
from dougong.resources.fields.periods import PERIODS, during
from dougong.types import Moment

if TYPE_CHECKING:
    from dougong.resources.formats import Formats

DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|[+-]\d\d:\d\d)?", re.ASCII)


class Day(Field):
    """A date; on a `Moment` column a point in time, which the API reads as UTC without an offset."""

    kind = "date"
    operators: Mapping[str, Operator] = EQUALITY | ORDER

    def prepare(self) -> None:
        """A date or a point in time: the column knows."""
        self.timed = isinstance(self.column.type, Moment)
        self.operators = {**self.operators, "during": during(self.timed)}

    def period(self, raw: Any) -> str:
        """The name of a period that moves with the calendar."""
        if not isinstance(raw, str) or raw not in PERIODS:
            raise ValueError("choice")
        return raw

    def parse(self, text: str, fmt: Formats) -> Any:
        """A date as people of this language write it, or in ISO form."""
        text = text.strip()
        if not text:
            return None
        if not self.timed:
            return fmt.to_date(text.removesuffix(" 00:00:00"))
        if TIME.fullmatch(text):
            at = dt.datetime.fromisoformat(text)
            return _moment(at, fmt.zone)
        return _moment(dt.datetime.combine(fmt.to_date(text), dt.time()), fmt.zone)

    def input(self, value: Any, fmt: Formats) -> str:
        """ISO: the browser shows it in its own way."""
        if value is None:
            return ""
        if self.timed:
            return str(value.astimezone(fmt.zone).strftime("%Y-%m-%dT%H:%M"))
        return str(value.isoformat())

    def show(self, value: Any, fmt: Formats) -> str:
        """In the reader's language and time zone."""
        if value is None:
            return ""
        return fmt.time(value) if self.timed else fmt.date(value)

    def plain(self, value: Any) -> Any:
        """ISO 8601; moments in UTC."""
        if value is None:
            return None
        if self.timed:
            return value.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")
        return value.isoformat()

    def load(self, raw: Any) -> Any:
        """A date of a URL or a JSON filter; a moment may be given as its date."""
        if isinstance(raw, str) and DAY.fullmatch(raw):
            day = dt.date.fromisoformat(raw)
            return dt.datetime.combine(day, dt.time(), dt.UTC) if self.timed else day
        if self.timed and isinstance(raw, str) and TIME.fullmatch(raw):
            at = dt.datetime.fromisoformat(raw)
            return _moment(at, dt.UTC)
        raise ValueError("date")

    def query_schema(self) -> dict[str, Any]:
        """A full date."""
        return {"type": "string", "format": "date"}

    def control(self, name: str, value: Any, ctx: Any, **more: Any) -> Markup:
        """The browser's own date control."""
        kind = "datetime-local" if self.timed else "date"
        common, text = self.common(name, ctx, **more), self.input(value, ctx.fmt)
        return Markup(f'<input type="{kind}"{common} value="{text}">')  # noqa: S704

    def schema(self) -> Any:
        """An ISO string; nothing else is taken for a date."""
        kind = dt.datetime if self.timed else dt.date

        def read(value: Any) -> Any:
            if isinstance(value, kind):
                return value
            try:
                return self.load(value)
            except ValueError:
                raise wrong("time" if self.timed else "date") from None

        shape = {"type": "string", "format": "date-time" if self.timed else "date"}
        return Annotated[kind, BeforeValidator(read), WithJsonSchema(shape)]

    def buckets(self, column: Any, cut: str) -> Any:
        """By day, month (202611) or year."""
        year = extract("year", column)
        if cut == "year":
            return year
        if cut != "month":
            return column
        # A literal: PostgreSQL takes two bound hundreds for two different expressions.
        return year * literal_column("100") + extract("month", column)

    def bucket_text(self, value: Any, cut: str, fmt: Formats) -> str:
        """The day, the month's name with its year, or the year."""
        if value is None:
            return ""
        if cut == "year":
            return str(int(value))
        return fmt.month(int(value)) if cut == "month" else self.show(value, fmt)


def _moment(at: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    """A time as the database keeps it; one that does not say its zone is of this one.

    At both ends of the calendar a time may have no counterpart in UTC: ValueError.
    """
    try:
        return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(dt.UTC)
    except OverflowError:
        raise ValueError("date") from None
