"""One payslip: components in order, each from facts, entries and what came before. No database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from dougong import rounded
from dougong_hr.structures.expressions import Formula, Lookup, WrongFormula, compile_formula
from dougong_hr.structures.models import Component

MONEY = ("earning", "deduction", "employer")
YTD = "ytd_"


@dataclass(frozen=True, slots=True)
class Item:
    """A component, ready to be computed."""

    code: str
    name: str
    kind: str
    purpose: str | None
    shown: bool
    formula: Formula | None


@dataclass(frozen=True)
class Recipe:
    """The components of a structure in their order."""

    items: tuple[Item, ...]


def recipe_of(components: Sequence[Component]) -> Recipe:
    """Read the formulas of a structure once; raises `WrongFormula`."""
    items = tuple(
        Item(
            c.code,
            c.name,
            c.kind,
            c.purpose,
            c.shown,
            None if c.kind == "input" else compile_formula(c.formula or ""),
        )
        for c in sorted(components, key=lambda c: c.position)
    )
    return Recipe(items)


def compute(
    recipe: Recipe,
    facts: Mapping[str, Any],
    inputs: Mapping[str, Decimal],
    yearly: Mapping[str, Decimal],
    lookup: Lookup,
    currency: str,
) -> list[tuple[Item, Decimal]]:
    """Every component with its amount, in order; money is rounded where it arises."""
    values: dict[str, Any] = {**facts, **{f"{YTD}{code}": sum_ for code, sum_ in yearly.items()}}
    found = []
    for item in recipe.items:
        if item.formula is None:
            amount = inputs.get(item.code, Decimal(0))
        else:
            amount = _number(item.formula, item.formula.value(values, lookup))
        if item.kind in MONEY:
            amount = rounded(amount, currency)
        values[item.code] = amount
        found.append((item, rounded(amount, currency)))
    return found


def _number(formula: Formula, value: Any) -> Decimal:
    if isinstance(value, bool | int):
        return Decimal(value)
    if not isinstance(value, Decimal):
        raise WrongFormula.no_number(formula.text)
    return value
