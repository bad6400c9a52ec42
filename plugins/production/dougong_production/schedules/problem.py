"""A scheduling problem and its solution: plain values, minutes from the start. Pure arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Machine:
    """So many things at once; ``breaks`` are (working minute, length): nothing is done meanwhile."""

    key: int
    capacity: int = 1
    breaks: tuple[tuple[int, int], ...] = ()

    def begins(self, worked: int) -> int:
        """When the work of that working minute begins."""
        return worked + sum(length for at, length in self.breaks if at <= worked)

    def ends(self, worked: int) -> int:
        """When work up to that working minute is over."""
        return worked + sum(length for at, length in self.breaks if at < worked)

    def first(self, moment: int) -> int:
        """The first working minute that does not begin before a moment."""
        past = 0
        for at, length in self.breaks:
            if at + past + length <= moment:
                past += length
            elif at + past <= moment:
                return at
            else:
                break
        return max(moment - past, 0)


@dataclass(frozen=True, slots=True)
class Task:
    """One operation: where it can run and for how long, set-up apart."""

    key: int
    #: Machine and minutes, the usual one first.
    options: tuple[tuple[int, int], ...]
    #: Minutes of set-up, unless the machine did the same family just before.
    setup: int = 0
    family: int = 0
    #: Machine and start that are frozen.
    fixed: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """An order: its tasks one after another."""

    key: int
    tasks: tuple[Task, ...]
    release: int = 0
    due: int | None = None
    weight: int = 1
    #: No order, but a machine that stands still so long: it only takes the place of work.
    blocks: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything there is to schedule."""

    machines: Mapping[int, Machine]
    works: Sequence[Work]


@dataclass(frozen=True, slots=True)
class Placed:
    """A task on a machine, from minute to minute."""

    work: int
    task: int
    machine: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Solution:
    """Where everything runs, and how good that is. ``bound`` is what no makespan can be below."""

    placed: tuple[Placed, ...]
    #: ``optimal``, ``feasible`` or ``dispatched``.
    status: str
    tardiness: int
    makespan: int
    bound: int = 0


def judged(problem: Problem, placed: Sequence[Placed], status: str, bound: int = 0) -> Solution:
    """A solution with its weighted tardiness and makespan; machines that stand do not count."""
    ends: dict[int, int] = {}
    blocks = {work.key for work in problem.works if work.blocks}
    for one in placed:
        if one.work in blocks:
            continue
        ends[one.work] = max(ends.get(one.work, 0), one.end)
    tardiness = sum(
        work.weight * max(0, ends[work.key] - work.due)
        for work in problem.works
        if work.due is not None and work.key in ends
    )
    return Solution(tuple(placed), status, tardiness, max(ends.values(), default=0), bound)


def alone(problem: Problem, work: Work, release: int) -> int:
    """When an order would be done if it had all machines to itself."""
    moment = release
    for task in work.tasks:
        found = []
        for key, minutes in task.options:
            machine = problem.machines[key]
            found.append(machine.ends(machine.first(moment) + minutes + task.setup))
        moment = min(found)
    return moment


def why_late(problem: Problem, work: Work, end: int) -> str:
    """``material``, ``lead_time`` or ``capacity``; empty when it is in time."""
    if work.due is None or end <= work.due:
        return ""
    if alone(problem, work, 0) > work.due:
        return "lead_time"
    if alone(problem, work, work.release) > work.due:
        return "material"
    return "capacity"
