"""Material requirements: what is needed of every item in every period, over all levels at once.

Time-phased netting after Orlicky (Material Requirements Planning, 2nd ed., ch. 4): level by level,
gross requirements less what is there and expected are net requirements; they become lots, are
moved forward by the lead time, and are the gross requirements of what they are made of. Arrays are
items by periods; quantities are floats rounded to six places, and up to what the item's unit is
counted with: nobody makes 12.02 lamps.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import sparse

from dougong_production.planning.levels import low_level_codes, sorted_order
from dougong_production.planning.lot_sizes import LotRule, lots_for

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

#: Places after the point: those of `Quantity`.
PLACES = 6
#: A part of a step that is nothing but the dust of binary fractions.
HAIR = 5e-5
#: So many lines are exploded together.
AT_ONCE = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Edges:
    """Column by column: one of the parent takes, or brings along, so much of the child."""

    parents: Ints
    children: Ints
    per: Floats


def no_edges() -> Edges:
    """Nothing takes or brings anything."""
    none = np.empty(0, dtype=np.int64)
    return Edges(parents=none, children=none, per=np.empty(0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Structure(Edges):
    """Who takes what: one entry for each line of each bill of materials in force."""

    count: int
    #: What comes out beside the parent, when the parent does.
    beside: Edges = field(default_factory=no_edges)


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
    #: Whether what is under way can come sooner: it is hurried before more is ordered.
    sooner: bool = True
    #: By item, the decimal places of its unit; None where quantities may be as fine as they like.
    digits: Ints | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The table of the plan. ``late`` says by how many periods an item would have to start earlier."""

    levels: Ints
    gross: Floats
    #: What is under way, and what comes out beside what is planned.
    expected: Floats
    net: Floats
    #: Planned lots, in the period they are there.
    receipts: Floats
    #: The same lots, in the period they are begun or ordered.
    releases: Floats
    late: Ints
    #: How many levels were netted; fewer than there are when somebody said stop.
    netted: int

    def projected(self, on_hand: Floats) -> Floats:
        """What lies there at the end of each period, planned lots included."""
        flow = self.receipts + self.expected - self.gross
        return np.round(on_hand[:, None] + np.cumsum(flow, axis=1), PLACES)


def plan_requirements(
    structure: Structure,
    situation: Situation,
    go_on: Callable[[int, int], bool] = lambda _level, _levels: True,
) -> Plan:
    """Net every item over all levels; raises `Circle` when an item contains itself.

    ``go_on`` hears before each level how many there are, and says whether to net it.
    """
    beside = structure.beside
    levels = low_level_codes(
        structure.count,
        np.concatenate([structure.parents, beside.parents]),
        np.concatenate([structure.children, beside.children]),
    )
    gross = situation.demand.astype(np.float64, copy=True)
    shape = gross.shape
    brought, net, receipts, releases = (np.zeros(shape) for _array in range(4))
    late = np.zeros(structure.count, dtype=np.int64)
    lines, lines_beside = _by_level(structure.parents, levels), _by_level(beside.parents, levels)
    depth = netted = int(levels.max(initial=0)) + 1
    for level in range(depth):
        if not go_on(level, depth):
            netted = level
            break
        items = np.flatnonzero(levels == level)
        net[items] = found = _net(situation, items, brought[items] - gross[items])
        receipts[items] = lots = _lots(items, found, situation.rules)
        releases[items], late[items] = _earlier(lots, situation.lead[items])
        if level < len(lines):
            _explode(structure, lines[level], releases, gross, situation.digits, np.ceil)
        if level < len(lines_beside):
            _explode(beside, lines_beside[level], receipts, brought, situation.digits, np.floor)
    return Plan(
        levels=levels, gross=gross, expected=situation.expected + brought, net=net, receipts=receipts,
        releases=releases, late=late, netted=netted,
    )  # fmt: skip


def _by_level(parents: Ints, levels: Ints) -> list[Ints]:
    """The lines whose parents are on each level."""
    of_line = levels[parents]
    # Sixteen bits are sorted by counting: a million lines in a few milliseconds.
    order = np.argsort(of_line.astype(np.int16), kind="stable")
    edges = np.searchsorted(of_line[order], np.arange(int(of_line.max(initial=-1)) + 2))
    return [order[start:end] for start, end in itertools.pairwise(edges)]


def _net(situation: Situation, items: Ints, flow: Floats) -> Floats:
    """What is missing in each period once what is there and expected has been used up."""
    there = situation.on_hand[items] - situation.safety[items]
    expected = situation.expected[items]
    if situation.sooner:
        # (Orlicky, ch. 8: open orders are rescheduled before new ones are planned.)
        there = there + expected.sum(axis=1)
    else:
        flow = flow + expected
    found = np.zeros_like(flow)
    scale = None if situation.digits is None else _scale(situation.digits[items])
    for period in range(flow.shape[1]):
        there = there + flow[:, period]
        short = np.asarray(np.round(np.maximum(-there, 0.0), PLACES), dtype=np.float64)
        if scale is not None:
            short = in_steps(short, scale, np.ceil)
        found[:, period] = short
        there = there + short
    return found


def _lots(items: Ints, net: Floats, rules: Mapping[int, LotRule]) -> Floats:
    if not rules:
        return net
    lots = net.copy()
    for row, item in enumerate(items.tolist()):
        rule = rules.get(item)
        if rule is not None and lots[row].any():
            lots[row] = lots_for(lots[row].tolist(), rule)
    return lots


def _earlier(receipts: Floats, lead: Ints) -> tuple[Floats, Ints]:
    """Begin each lot its lead time before; what should have begun already begins now, late."""
    releases = np.zeros_like(receipts)
    late = np.zeros(len(lead), dtype=np.int64)
    periods = receipts.shape[1]
    # Lead times are few: a slice for each of them is quicker than a look at each lot.
    for length in np.unique(lead).tolist():
        rows = np.flatnonzero(lead == length)
        mine = receipts[rows]
        now = min(length, periods - 1)
        moved = np.zeros_like(mine)
        moved[:, : periods - now] = mine[:, now:]
        moved[:, 0] += mine[:, :now].sum(axis=1)
        releases[rows] = moved
        if length:
            wanted = mine != 0
            first = np.where(wanted.any(axis=1), wanted.argmax(axis=1), length)
            late[rows] = np.maximum(length - first, 0)
    return releases, late


def _scale(digits: Ints) -> Floats:
    """How many steps of so many decimal places one has."""
    return np.power(10.0, digits.astype(np.float64))


def in_steps(values: Floats, scale: Floats, rounding: np.ufunc) -> Floats:
    """Quantities in whole steps of their unit, of which one has so many; rounded up, or down.

    What binary fractions add is no reason for one step more: less than a hair does not count.
    """
    steps = values * scale
    steps += _hair(rounding)
    found: Floats = rounding(steps)
    found /= scale
    return found


def _hair(rounding: np.ufunc) -> float:
    return -HAIR if rounding is np.ceil else HAIR


def _explode(
    edges: Edges,
    lines: Ints,
    made: Floats,
    target: Floats,
    digits: Ints | None,
    rounding: np.ufunc,
) -> None:
    """What is made takes or brings its parts: add them to what is wanted, or expected, of them.

    Where so many steps of the parent are no whole steps of the part, each lot is rounded by
    itself, as the order that makes it will round what it takes.
    """
    if digits is not None and lines.size:
        finer = digits[edges.children[lines]] - digits[edges.parents[lines]]
        step = edges.per[lines] * _scale(finer)
        broken = (np.round(step, PLACES) % 1 != 0) & (digits[edges.children[lines]] < PLACES)
        if broken.any():
            _explode_in_steps(edges, lines[broken], made, target, digits, rounding)
            lines = lines[~broken]
    if not lines.size:
        return
    parents, row_of = _numbered(edges.parents[lines], len(made))
    children, column_of = _numbered(edges.children[lines], len(made))
    usage: Any = sparse.csr_matrix(
        (edges.per[lines], (column_of, row_of)), shape=(len(children), len(parents))
    )
    target[children] = np.round(target[children] + usage @ made[parents], PLACES)


def _explode_in_steps(
    edges: Edges,
    lines: Ints,
    made: Floats,
    target: Floats,
    digits: Ints,
    rounding: np.ufunc,
) -> None:
    """Line by line and lot by lot, as whole steps of the part, whose sum is exact.

    A thousand lines at a time stay in the processor's cache: a line is read, rounded and added up
    there. Periods in which nothing is made are not looked at.
    """
    lines = lines[sorted_order(edges.children[lines])]
    parents, row_of = _numbered(edges.parents[lines], len(made))
    children, column_of = _numbered(edges.children[lines], len(made))
    scale = _scale(digits[children])
    factor = edges.per[lines] * scale[column_of]
    lots = made[parents]
    when = np.flatnonzero(lots.any(axis=0))
    lots = np.ascontiguousarray(lots[:, when])
    steps = np.zeros((children.size, when.size))
    room = np.empty((min(AT_ONCE, lines.size), when.size))
    for start in range(0, lines.size, AT_ONCE):
        some = slice(start, start + AT_ONCE)
        part = room[: row_of[some].size]
        np.take(lots, row_of[some], axis=0, out=part, mode="clip")
        part *= factor[some, None]
        part += _hair(rounding)
        rounding(part, out=part)
        starts = np.flatnonzero(np.diff(column_of[some], prepend=-1))
        steps[column_of[some][starts]] += np.add.reduceat(part, starts, axis=0)
    steps /= scale[:, None]
    place = np.ix_(children, when)
    target[place] = np.round(target[place] + steps, PLACES)


def _numbered(items: Ints, count: int) -> tuple[Ints, Ints]:
    """The different items, and for each entry which of them it is; without sorting anything."""
    there = np.zeros(count, dtype=bool)
    there[items] = True
    different = np.flatnonzero(there)
    place = np.empty(count, dtype=np.int64)
    place[different] = np.arange(different.size)
    return different, place[items]
