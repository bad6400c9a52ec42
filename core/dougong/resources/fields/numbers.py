"""Numbers and amounts of money: exact, in the reader's way of writing them."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from markupsafe import Markup, escape
from pydantic import BeforeValidator, WithJsonSchema
from pydantic import Field as Schema
from sqlalchemy import BigInteger, Integer

from dougong.resources.fields.base import EQUALITY, ORDER, Field, wrong
from dougong.resources.purses import Purse

if TYPE_CHECKING:
    from dougong.resources.formats import Formats

WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)
EXACT = re.compile(r"-?\d{1,13}(\.\d{1,9})?", re.ASCII)
#: JSON readers in browsers keep integers exact up to here.
MOST = 2**53 - 1
#: What a column of four bytes holds.
MOST_SMALL = 2**31 - 1


def whole(value: Any) -> Any:
    """JSON has one kind of number: 5.0 is an integer, true and "5" are not."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if not isinstance(value, int) or isinstance(value, bool):
        raise wrong("number")
    return value


#: The bounds come first: the other way round they vanish from the JSON schema.
ID = Annotated[int, Schema(ge=1, le=MOST), BeforeValidator(whole)]


class Number(Field):
    """A count, a quantity, a percentage. ``least`` and ``most`` bound it."""

    kind, align = "number", "text-end"
    operators = EQUALITY | ORDER
    #: Decimal places that are shown even when they are zero.
    shown = 0

    def prepare(self) -> None:
        """Whole or how many places: the column knows."""
        self.whole = isinstance(self.column.type, Integer)
        self.digits = 0 if self.whole else getattr(self.column.type, "digits", 2)
        # A price shows its cents; more places only where they matter.
        self.places = max(self.shown, 2 if self.column.key.endswith("price") else 0)

    def parse(self, text: str, fmt: Formats) -> Any:
        """A number as people of this language write it."""
        if not text.strip():
            return None
        value = fmt.to_decimal(text)
        if not self.whole:
            return value
        if value != int(value):
            raise ValueError("number")
        return int(value)

    def input(self, value: Any, fmt: Formats) -> str:
        """Short, without grouping: easy to type over."""
        return "" if value is None else fmt.trimmed(value, self.digits, self.places)

    def show(self, value: Any, fmt: Formats) -> str:
        """Grouped, with the places that matter; ``grouped=False`` is for years and the like."""
        if value is None:
            return ""
        grouped = bool(self.options.get("grouped", True))
        return fmt.trimmed(value, self.digits, self.places, group=grouped)

    def plain(self, value: Any) -> Any:
        """An integer, or a decimal as a string: JSON's own numbers would lose digits."""
        if value is None or self.whole:
            return value
        text = f"{value:.{self.digits}f}"
        head, _point, rest = text.partition(".")
        kept = rest[: self.shown] + rest[self.shown :].rstrip("0")
        return f"{head}.{kept}" if kept else head

    def load(self, raw: Any) -> Any:
        """A number of a URL or a JSON filter."""
        if self.whole:
            if isinstance(raw, int) and not isinstance(raw, bool) and abs(raw) < 2**63:
                return raw
            if isinstance(raw, str) and WHOLE.fullmatch(raw):
                return int(raw)
            raise ValueError("number")
        if not isinstance(raw, str) or not EXACT.fullmatch(raw):
            raise ValueError("number")
        return self._fit(Decimal(raw))

    def query_schema(self) -> dict[str, Any]:
        """Digits, as a string."""
        if self.whole:
            return {"type": "string", "pattern": "^-?[0-9]{1,18}$"}
        return {"type": "string", "pattern": r"^-?[0-9]{1,13}(\.[0-9]{1,9})?$"}

    def control(self, name: str, value: Any, ctx: Any, **more: Any) -> Markup:
        """A text control with a numeric keyboard."""
        common, text = self.common(name, ctx, **more), escape(self.input(value, ctx.fmt))
        return Markup(f'<input type="text" inputmode="decimal"{common} value="{text}">')  # noqa: S704

    def schema(self) -> Any:
        """A bounded integer, or a decimal string with a pattern."""
        least, most = self.options.get("least"), self.options.get("most")
        if self.whole:
            widest = MOST if isinstance(self.column.type, BigInteger) else MOST_SMALL
            bounds = Schema(
                ge=-widest if least is None else least, le=widest if most is None else most
            )
            return Annotated[int, bounds, BeforeValidator(whole)]
        sign = "" if least is not None and least >= 0 else "-?"
        pattern = rf"^{sign}[0-9]{{1,13}}(\.[0-9]{{1,{self.digits}}})?$"
        matches = re.compile(pattern, re.ASCII)

        def read(value: Any) -> Any:
            if isinstance(value, Decimal):
                return self._narrow(value)
            if not isinstance(value, str) or not matches.match(value) or value.endswith("\n"):
                raise wrong("number")
            return Decimal(value)

        bounds = {k: v for k, v in (("ge", least), ("le", most)) if v is not None}
        limits = [Schema(**bounds)] if bounds else []
        shape = WithJsonSchema({"type": "string", "pattern": pattern})
        return Annotated[Decimal, BeforeValidator(read), *limits, shape]

    def _narrow(self, value: Decimal) -> Decimal:
        """What a page or a file read must fit the column."""
        if abs(value) >= 10**13:
            raise wrong("decimal_max_digits")
        if value != round(value, self.digits):
            raise wrong("decimal_max_places")
        return round(value, self.digits)

    def _fit(self, value: Decimal) -> Decimal:
        if value != round(value, self.digits):
            raise ValueError("decimal_max_places")
        return value


class Money(Number):
    """An amount: two places at least, three where the currency has them.

    It shows the figure alone. In whose currency it is stands in a field beside it, or it is the
    company's; `Desk.money` writes both together.
    """

    kind = "money"
    shown = 2

    def show(self, value: Any, fmt: Formats) -> str:
        """An amount; sums of several currencies stand under one another, each with its sign."""
        return value.show(fmt) if isinstance(value, Purse) else super().show(value, fmt)

    def plain(self, value: Any) -> Any:
        """A decimal as a string; sums of several currencies by their code."""
        if isinstance(value, Purse):
            return {code or "": super(Money, self).plain(one) for code, one in value.items()}
        return super().plain(value)
