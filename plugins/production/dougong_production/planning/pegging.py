"""Which demand a supply serves, and the other way round. Pure arithmetic, first come first served."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Literal, NamedTuple, TypeVar

K = TypeVar("K")


class Flow(NamedTuple, Generic[K]):
    """Something that comes or goes: in which period, how much, and what it is."""

    period: int
    quantity: float
    key: K
    #: Of demands in the same period, the smaller rank is served first.
    rank: int = 0


class Peg(NamedTuple, Generic[K]):
    """So much of a supply serves a demand; ``None`` is the stock that lies there, or nobody."""

    supply: K | None
    demand: K | None
    quantity: float
    #: By how many periods the supply comes too late; 0 or less is in time.
    late: int


def peg(
    on_hand: float, supplies: Iterable[Flow[K]], demands: Iterable[Flow[K]]
) -> Iterator[Peg[K]]:
    """Serve demands by period and rank from stock, then from supplies by period.

    What is left of a supply is pegged to nobody: it covers safety stock or a lot that is larger
    than the need.
    """
    sources: list[tuple[K | None, int, float]] = [(None, 0, on_hand)]
    sources += [(s.key, s.period, s.quantity) for s in sorted(supplies, key=_when)]
    queue = iter(sources)
    key, period, left = next(queue)
    for demand in sorted(demands, key=_when):
        wanted = demand.quantity
        while wanted > 1e-9:
            if left <= 1e-9:
                following = next(queue, None)
                if following is None:
                    yield Peg(None, demand.key, -round(wanted, 6), 0)
                    return
                key, period, left = following
                continue
            taken = min(wanted, left)
            yield Peg(key, demand.key, round(taken, 6), max(0, period - demand.period))
            wanted, left = wanted - taken, left - taken
    while True:
        if left > 1e-9 and key is not None:
            yield Peg(key, None, round(left, 6), 0)
        following = next(queue, None)
        if following is None:
            return
        key, period, left = following


def _when(flow: Flow[K]) -> tuple[int, int]:
    return flow.period, flow.rank


@dataclass(frozen=True, slots=True)
class Advice(Generic[K]):
    """What to do about something that is under way: expedite it, delay it, or cancel it."""

    key: K
    action: Literal["expedite", "delay", "cancel"]
    #: When it is needed first; None where nobody needs it.
    needed: int | None


def advise(
    on_hand: float,
    safety: float,
    expected: Sequence[Flow[K]],
    demands: Sequence[Flow[K]],
    *,
    patience: int = 0,
) -> list[Advice[K]]:
    """Compare what is expected with what is needed first of it; ``patience`` periods are let pass.

    (Orlicky, ch. 8: the planner hears of open orders whose date no longer fits their need.)
    """
    reserve = max(on_hand - safety, 0.0)
    first_need: dict[K, int] = {}
    period_of = {flow.key: flow.period for flow in demands}
    for link in peg(reserve, expected, demands):
        if link.supply is not None and link.demand is not None:
            first_need.setdefault(link.supply, period_of[link.demand])
    found: list[Advice[K]] = []
    for flow in expected:
        needed = first_need.get(flow.key)
        if needed is None:
            if safety <= on_hand:
                found.append(Advice(flow.key, "cancel", None))
        elif needed < flow.period - patience:
            found.append(Advice(flow.key, "expedite", needed))
        elif needed > flow.period + patience:
            found.append(Advice(flow.key, "delay", needed))
    return found
