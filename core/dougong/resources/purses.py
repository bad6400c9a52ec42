"""Amounts of several currencies side by side: a euro and a yuan are never added to one another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import String, inspect

if TYPE_CHECKING:
    from dougong.resources.fields import Field
    from dougong.resources.formats import Formats


class Purse(dict[str | None, Decimal]):
    """What there is of each currency; None is the company's own."""

    def __add__(self, other: Any) -> Purse:
        if not isinstance(other, Purse):
            return NotImplemented if other else self
        return Purse({c: self.get(c, Decimal(0)) + other.get(c, Decimal(0)) for c in self | other})

    __radd__ = __add__

    def opened(self) -> Any:
        """The amount alone, where there is one currency."""
        return next(iter(self.values())) if len(self) == 1 else self

    @property
    def weight(self) -> Decimal:
        """What rows are put in order by; no amount of anything."""
        return sum(self.values(), Decimal(0))

    def show(self, fmt: Formats) -> str:
        """A line for each currency."""
        known = sorted(self.items(), key=lambda pair: pair[0] or "")
        return "\n".join(fmt.money(v, c) if c else fmt.number(v, 2) for c, v in known)


def has_currency(field: Field | None) -> bool:
    """Whether a field is an amount of the document itself."""
    return field is not None and field.kind == "money" and not field.hops


def currency_of(model: Any, fields: Iterable[Field | None]) -> Any:
    """The column that says in which currency these amounts are; None where nothing does."""
    if not any(map(has_currency, fields)):
        return None
    column = inspect(model).columns.get("currency")
    return model.currency if column is not None and isinstance(column.type, String) else None


def purses(fields: Sequence[Field | None], values: Iterable[Any], currency: Any) -> list[Any]:
    """Sums of one currency: amounts remember it, quantities do not care."""
    return [
        Purse({currency: value or Decimal(0)}) if has_currency(field) else value or 0
        for field, value in zip(fields, values, strict=True)
    ]


def opened(value: Any) -> Any:
    """The amount alone, where there is one currency."""
    return value.opened() if isinstance(value, Purse) else value
