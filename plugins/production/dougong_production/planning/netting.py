"""Material requirements: what is needed of every item in every period, over all levels at once.

Time-phased netting after Orlicky (Material Requirements Planning, 2nd ed., ch. 4): level by level,
gross requirements less what is there and expected are net requirements; they become lots, are
moved forward by the lead time, and are the gross requirements of what they are made of. Arrays are
items by periods; quantities are floats rounded to six places.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from dougong_production.planning.levels import low_level_codes
from dougong_production.planning.lot_sizes import LotRule, lots_for

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

#: Places after the point: those of `Quantity`.
PLACES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure:
    """Who takes what: one entry for each line of each bill of materials in force."""

    count: int
    parents: Ints
    children: Ints
    #: How much of the child one of the parent takes, scrap included.
    per: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What is known before the plan: by item, or by item and period."""

    on_hand: Floats
    safety: Floats
    #: How many periods it takes from release to receipt.
    lead: Ints
    #: Receipts and production orders that are under way.
    expected: Floats
    #: Independent demand: orders, forecast, master plan.
    demand: Floats
    #: Items that are not lotted for each need by itself.
    rules: Mapping[int, LotRule] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The table of the plan. ``late`` says by how many periods an item would have to start earlier."""

    levels: Ints
    gross: Floats
    net: Floats
    #: Planned lots, in the period they are there.
    receipts: Floats
    #: The same lots, in the period they are begun or ordered.
    releases: Floats
    #: What lies there at the end of each period, planned lots included.
    projected: Floats
    late: Ints


def plan_requirements(structure: Structure, situation: Situation) -> Plan:
    """Net every item over all levels; raises `Circle` when an item contains itself."""
    levels = low_level_codes(structure.count, structure.parents, structure.children)
    gross = situation.demand.astype(np.float64, copy=True)
    shape = gross.shape
    net, receipts, releases = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    late = np.zeros(structure.count, dtype=np.int64)
    lines_by_level = _lines_by_level(structure, levels)
    for level in range(int(levels.max(initial=0)) + 1):
        items = np.flatnonzero(levels == level)
        net[items] = _net(items, gross, situation)
        receipts[items] = _lots(items, net, situation.rules)
        releases[items], late[items] = _earlier(receipts[items], situation.lead[items])
        if level < len(lines_by_level):
            _explode(structure, lines_by_level[level], releases, gross)
    flow = receipts + situation.expected - gross
    projected = np.round(situation.on_hand[:, None] + np.cumsum(flow, axis=1), PLACES)
    return Plan(
        levels=levels, gross=gross, net=net, receipts=receipts, releases=releases,
        projected=projected, late=late,
    )  # fmt: skip


def _lines_by_level(structure: Structure, levels: Ints) -> list[Ints]:
    """The bill lines whose parents are on each level."""
    of_line = levels[structure.parents]
    # Sixteen bits are sorted by counting: a million lines in a few milliseconds.
    order = np.argsort(of_line.astype(np.int16), kind="stable")
    edges = np.searchsorted(of_line[order], np.arange(int(of_line.max(initial=-1)) + 2))
    return [order[start:end] for start, end in itertools.pairwise(edges)]


def _net(items: Ints, gross: Floats, situation: Situation) -> Floats:
    """What is missing in each period once what is there and expected has been used up."""
    flow = situation.expected[items] - gross[items]
    there = situation.on_hand[items] - situation.safety[items]
    found = np.zeros_like(flow)
    for period in range(flow.shape[1]):
        there = there + flow[:, period]
        short = np.round(np.maximum(-there, 0.0), PLACES)
        found[:, period] = short
        there = there + short
    return found


def _lots(items: Ints, net: Floats, rules: Mapping[int, LotRule]) -> Floats:
    lots = net[items]
    for row, item in enumerate(items.tolist()):
        rule = rules.get(item)
        if rule is not None and lots[row].any():
            lots[row] = lots_for(lots[row].tolist(), rule)
    return lots


def _earlier(receipts: Floats, lead: Ints) -> tuple[Floats, Ints]:
    """Begin each lot its lead time before; what should have begun already begins now, late."""
    releases = np.zeros_like(receipts)
    rows, periods = np.nonzero(receipts)
    begin = periods - lead[rows]
    late = np.zeros(len(lead), dtype=np.int64)
    np.maximum.at(late, rows, -begin)
    np.add.at(releases, (rows, np.maximum(begin, 0)), receipts[rows, periods])
    return releases, np.maximum(late, 0)


def _explode(structure: Structure, lines: Ints, releases: Floats, gross: Floats) -> None:
    """What is begun takes its parts: add them to the parts' gross requirements."""
    parents, row_of = _numbered(structure.parents[lines], structure.count)
    children, column_of = _numbered(structure.children[lines], structure.count)
    usage: Any = sparse.csr_matrix(
        (structure.per[lines], (column_of, row_of)), shape=(len(children), len(parents))
    )
    gross[children] = np.round(gross[children] + usage @ releases[parents], PLACES)


def _numbered(items: Ints, count: int) -> tuple[Ints, Ints]:
    """The different items, and for each entry which of them it is; without sorting anything."""
    there = np.zeros(count, dtype=bool)
    there[items] = True
    different = np.flatnonzero(there)
    place = np.empty(count, dtype=np.int64)
    place[different] = np.arange(different.size)
    return different, place[items]
