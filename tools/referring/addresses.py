"""The conditions that addresses say."""

from __future__ import annotations

from dougong.resources import fields
from dougong.resources.fields.periods import PERIODS
from dougong.resources.filters import OPERATORS

#: What a condition of an address asks, by its operator.
ASKS = {
    "eq": ("is; the same as no operator", "state=draft"),
    "ne": ("is not, or is empty", "state.ne=draft"),
    "in": ("is one of these", "state.in=draft,sent"),
    "empty": ("has no value, or has one", "due_back.empty=true"),
    "lt": ("is less, or before", "due_back.lt=2026-03-01"),
    "le": ("at most, or until", "total.le=100.50"),
    "gt": ("is more, or after", "total.gt=100"),
    "ge": ("at least, or from", "due_back.ge=2026-03-01"),
    "has": ("these letters stand in it", "name.has=lamp"),
    "starts": ("begins so", "number.starts=SO-2026"),
    "during": ("a period that moves with the calendar", "due_back.during=past"),
    "under": ("this document of a tree, or below it", "category.under=12"),
}


def addresses() -> str:
    """The conditions of lists as addresses say them: operators and periods as the code has them."""
    if ASKS.keys() != OPERATORS:
        raise ValueError(f"Say what these ask: {sorted(ASKS.keys() ^ OPERATORS)}")
    kinds: dict[str, list[str]] = {name: [] for name in ASKS}
    for one in (fields.Text, fields.Number, fields.Money, fields.Day, fields.Flag, fields.Choice,
                fields.Link):  # fmt: skip
        own = {*one.operators, *(["during"] if one is fields.Day else [])}
        for name in own:
            kinds[name].append(f"`{one.__name__}`")
    kinds["under"] = ["a `Link` to documents that stand below one another"]
    rows = "".join(
        f"| `{name}` | {what} | `{example}` | {', '.join(kinds[name])} |\n"
        for name, (what, example) in ASKS.items()
    )
    periods = ", ".join(f"`{name}`" for name in PERIODS)
    return f"""
## Conditions in addresses

One language for the list's address, the API, `--filter` of a command, `to` of a widget, and `drill` of a
report: `/shop/orders?state=draft&total.ge=100&sort=-number`. Conditions are joined by *and*; the same
name twice means *or*. A name is one that the resource uses anywhere (form, columns, filters, search,
boards …), a path among them (`customer.city`, `workshop.loaner`); besides, documents have `tags`,
`activity` and `followed`. A name or an operator that does not fit is refused (422).

| operator | it asks whether the value | example | of |
| --- | --- | --- | --- |
{rows}
Values are written as the API says them: dates in ISO form, amounts with a point, `true` and `false`,
stored words rather than labels, and **a link by its id**: `customer=12`. By a name ask with a path that
the resource declares: `customer.code=C-1`.

Periods of `during`: {periods}. They are counted from the reader's today, so that “Overdue” needs no
column and no job: `due_back.during=past&state=out`.

Beside conditions an address takes `q` (search), `sort`, `group`, `columns`, `board`, `view` and `filter`,
a tree in JSON: `{{"any": [{{"field": "total", "op": "ge", "value": "100"}}, {{"not": …}}]}}`.

On the address of a new document the same names fill in its fields: `/shop/orders/new?customer=12`.

Filters are columns: a computed one is a column that `derive` or a verb keeps, or conditions as above. A
plugin gives conditions a name by a `Widget` whose `to` has them, or by a report that drills to them. It
ships no saved views: those belong to people, who keep, and share, the address they look at.
"""
