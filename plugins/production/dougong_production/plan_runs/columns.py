"""A plan as columns that are stored whole: arrays become lists of exact values, dates and texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import orjson

from dougong_production.plan_runs.computing import Computed
from dougong_production.planning.periods import Periods

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dougong_production.planning.netting import Plan

#: Quantities have six places.
PLACES = 6


@dataclass(frozen=True, slots=True)
class Lots:
    """Every planned lot, column by column."""

    rows: list[int]
    products: list[int]
    levels: list[int]
    periods: list[int]
    quantities: list[Decimal]
    release_on: list[dt.date]
    due_on: list[dt.date]
    needed_on: list[dt.date]
    late_days: list[int]


def lots_of(periods: Periods, found: Computed, today: dt.date) -> Lots:
    """When each lot is needed, when it can be begun and there, and how late that is."""
    import numpy as np

    receipts, now = found.plan.receipts, today.toordinal()
    rows, columns = receipts.nonzero()
    start, lead = periods.start.toordinal(), np.array(found.lead_days, dtype=np.int64)[rows]
    needed = np.maximum(start + periods.span * columns, now)
    release = np.maximum(needed - lead, now)
    due = release + lead
    # A plan by weeks is as fine as a week: within its week nothing is late.
    late = np.where((due - start) // periods.span > columns, due - needed, 0)
    products = np.array(found.products, dtype=np.int64)
    return Lots(
        rows.tolist(), products[rows].tolist(), found.plan.levels[rows].tolist(), columns.tolist(),
        exact(receipts[rows, columns]), _days(release), _days(due), _days(needed), late.tolist(),
    )  # fmt: skip


def exact(values: NDArray[Any]) -> list[Decimal]:
    """Quantities as they are kept: six places."""
    import numpy as np

    whole = np.rint(values * 10**PLACES)
    if whole.size and np.abs(whole).max() >= 2**53:
        return [Decimal(repr(value)).quantize(Decimal("0.000001")) for value in values.tolist()]
    return [Decimal(number).scaleb(-PLACES) for number in whole.astype(np.int64).tolist()]


def _days(ordinals: NDArray[Any]) -> list[dt.date]:
    several = ordinals.tolist()
    known = {number: dt.date.fromordinal(number) for number in set(several)}
    return [known[number] for number in several]


def table_texts(plan: Plan) -> list[str]:
    """By item: the periods in which something happens, and how much, name by name."""
    count = len(plan.levels)
    tables = {
        name: _cut(*_filled(values), count)
        for name, values in (
            ("gross", plan.gross), ("expected", plan.expected), ("receipts", plan.receipts),
            ("releases", plan.releases),
        )
    }  # fmt: skip
    # Lots that are just what is needed are kept once.
    lotted = (plan.net != plan.receipts).any(axis=1)
    net = _cut(*_filled(plan.net * lotted[:, None]), count)
    tables["net"] = net
    names = list(tables)
    return [
        _dumped({name: part for name, part in zip(names, parts, strict=True) if len(part[0])})
        for parts in zip(*tables.values(), strict=True)
    ]


def usage_texts(found: Computed) -> tuple[list[str], list[str]]:
    """By item: what one of it takes, and what takes it; what comes out beside is less than nothing."""
    import numpy as np

    taken, beside = found.structure, found.structure.beside
    parents = np.concatenate([taken.parents, beside.parents])
    children = np.concatenate([taken.children, beside.children])
    per = np.round(np.concatenate([taken.per, -beside.per]), 9)
    products, count = np.array(found.products, dtype=np.int64), len(found.products)
    return (
        [_dumped(part) for part in _grouped(parents, products[children], per, count)],
        [_dumped(part) for part in _grouped(children, products[parents], per, count)],
    )


def _filled(values: NDArray[Any]) -> tuple[Any, Any, Any]:
    rows, columns = values.nonzero()
    return rows, columns, values[rows, columns]


def _grouped(rows: Any, keys: Any, values: Any, count: int) -> Iterator[tuple[Any, Any]]:
    import numpy as np

    order = np.argsort(rows, kind="stable")
    return _cut(rows[order], keys[order], values[order], count)


def _cut(rows: Any, keys: Any, values: Any, count: int) -> Iterator[tuple[Any, Any]]:
    """For each row its keys and values; the rows are sorted."""
    import numpy as np

    edges = np.searchsorted(rows, np.arange(count + 1)).tolist()
    keys, values = np.ascontiguousarray(keys), np.ascontiguousarray(values)
    for row in range(count):
        start, end = edges[row], edges[row + 1]
        yield keys[start:end], values[start:end]


def _dumped(value: tuple[Any, Any] | Mapping[str, tuple[Any, Any]]) -> str:
    return orjson.dumps(value, option=orjson.OPT_SERIALIZE_NUMPY).decode()
