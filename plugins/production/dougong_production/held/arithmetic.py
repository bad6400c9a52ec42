"""How many days a customer waits because goods are held back. Pure arithmetic.

Everything is served twice, first come, first served (`pegging.peg`): once as it is, held goods coming
when they are decided on, and once as if they had been free on the day they came. The difference of
the two days is what the holding costs a customer. It climbs through production orders: an order
whose material is held back comes as many days later, and so does all that is made of it.

Days are ordinals (`datetime.date.toordinal`); quantities are floats, as planning counts them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import NamedTuple, TypeVar

from dougong_production.planning.pegging import Flow, peg

ROUND = 1e-6


class Lot(NamedTuple):
    """Goods that are held: since when, and until when; None where nobody can say."""

    product: int
    quantity: float
    since: int
    until: int | None
    cause: Hashable


class Coming(NamedTuple):
    """Goods that will come, out of a production order where ``maker`` says so."""

    product: int
    quantity: float
    on: int
    maker: Hashable | None = None


class Want(NamedTuple):
    """Goods that are wanted by a day, by a customer's document or by a production order."""

    product: int
    quantity: float
    on: int
    key: Hashable
    taker: Hashable
    rank: int = 0


T = TypeVar("T", Lot, Coming, Want)


@dataclass(frozen=True, slots=True)
class Delay:
    """By how many days a want is served later; ``days`` is None where no end is in sight."""

    want: Want
    #: The day on which it would have been served, and on which it is.
    free: int
    real: int | None
    causes: frozenset[Hashable]

    @property
    def days(self) -> int | None:
        """How many days the customer waits for the decision."""
        return None if self.real is None else self.real - self.free


#: Days that an order comes later (None: nobody knows), and why.
Shift = tuple[int | None, frozenset[Hashable]]


@dataclass
class Situation:
    """What lies there free, what is held, what comes, and who wants it."""

    stock: Mapping[int, float]
    lots: Sequence[Lot]
    coming: Sequence[Coming]
    wants: Sequence[Want]
    #: Production orders that wait for an inspection in between.
    shifts: dict[Hashable, Shift] = field(default_factory=dict)


def held_back(situation: Situation) -> list[Delay]:
    """All wants that are served later than they would be if nothing was held."""
    shifts, found = dict(situation.shifts), []
    lots, coming = _by_product(situation.lots), _by_product(situation.coming)
    wants = _by_product(situation.wants)
    for product in _from_below(situation.coming, situation.wants):
        for delay in _of(
            situation.stock.get(product, 0.0),
            lots[product], coming[product], wants[product], shifts,
        ):  # fmt: skip
            found.append(delay)
            shifts[delay.want.taker] = _later(shifts.get(delay.want.taker), delay)
    return found


def _later(before: Shift | None, delay: Delay) -> Shift:
    days, causes = before or (0, frozenset())
    worst = None if days is None or delay.days is None else max(days, delay.days)
    return worst, causes | delay.causes


def _of(
    stock: float,
    lots: Sequence[Lot],
    coming: Sequence[Coming],
    wants: Sequence[Want],
    shifts: Mapping[Hashable, Shift],
) -> Iterable[Delay]:
    free: list[Flow[Hashable]] = []
    real: list[Flow[Hashable]] = []
    why: dict[Hashable, frozenset[Hashable]] = {}
    for n, lot in enumerate(lots):
        free.append(Flow(lot.since, lot.quantity, (lot.since, "lot", n)))
        why[lot.since, "lot", n] = frozenset((lot.cause,))
        if lot.until is not None:
            real.append(Flow(lot.until, lot.quantity, (lot.until, "lot", n)))
    for n, one in enumerate(coming):
        days, causes = shifts.get(one.maker, (0, frozenset())) if one.maker else (0, frozenset())
        free.append(Flow(one.on, one.quantity, (one.on, "coming", n)))
        why[one.on, "coming", n] = causes
        if days is not None:
            real.append(Flow(one.on + days, one.quantity, (one.on + days, "coming", n)))
    if not any(why.values()):
        return
    would, served_by = _served(stock, free, wants)
    does, _by = _served(stock, real, wants)
    for n, want in enumerate(wants):
        causes = frozenset().union(*(why[key] for key in served_by[n]))
        if n in would and causes:
            due = max(would[n], want.on)
            there = max(does[n], want.on) if n in does else None
            if there is None or there > due:
                yield Delay(want, due, there, causes)


def _served(
    stock: float, supplies: list[Flow[Hashable]], wants: Sequence[Want]
) -> tuple[dict[int, int], dict[int, list[Hashable]]]:
    """The day on which each want has all it needs, where it gets that; and by what."""
    demands: list[Flow[Hashable]] = [
        Flow(want.on, want.quantity, n, want.rank) for n, want in enumerate(wants)
    ]
    day: dict[int, int] = defaultdict(int)
    got: dict[int, float] = defaultdict(float)
    by: dict[int, list[Hashable]] = defaultdict(list)
    for tie in peg(stock, supplies, demands):
        if tie.demand is None or tie.quantity <= 0:
            continue
        n = int(str(tie.demand))
        got[n] += tie.quantity
        if isinstance(tie.supply, tuple):
            day[n] = max(day[n], tie.supply[0])
            by[n].append(tie.supply)
    return {n: day[n] for n in got if got[n] >= wants[n].quantity - ROUND}, by


def _by_product(some: Iterable[T]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = defaultdict(list)
    for one in some:
        found[one.product].append(one)
    return found


def _from_below(coming: Collection[Coming], wants: Collection[Want]) -> list[int]:
    """Materials before what is made of them; in a circle of orders any product may be first."""
    made: dict[Hashable, set[int]] = defaultdict(set)
    for one in coming:
        if one.maker is not None:
            made[one.maker].add(one.product)
    below: dict[int, set[int]] = {one.product: set() for one in wants}
    below |= {one.product: set() for one in coming}
    for want in wants:
        for product in made.get(want.taker, ()):
            below[product].add(want.product)
    try:
        return list(TopologicalSorter(below).static_order())
    except CycleError:
        return sorted(below)
