"""The finite schedule by constraint programming (OR-Tools CP-SAT): the best found within limits.

Every machine has an axis of its own that counts only working minutes; on it nothing overlaps.
Breaks come back between the axes: a task begins after those before it and spans those inside it.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dougong_production.schedules.dispatching import dispatch
from dougong_production.schedules.problem import Machine, Placed, Problem, Solution, Task, judged

#: Seconds between two looks whether the search is still wanted.
LOOK = 1.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How long to look. ``deterministic`` does not depend on how busy the machine is."""

    seconds: float = 30.0
    deterministic: float | None = None
    workers: int = 2
    seed: int = 1


def have_solver() -> bool:
    """Whether OR-Tools is there."""
    try:
        import ortools.sat.python.cp_model  # noqa: F401
    except ImportError:
        return False
    return True


def solve(
    problem: Problem,
    limits: Limits,
    better: Callable[[Solution], bool] = lambda _solution: True,
    wanted: Callable[[], bool] = lambda: True,
) -> Solution:
    """Least weighted tardiness, then least makespan; at worst what the priority rule found.

    ``better`` hears of each improvement, what the rule found first of all, and says whether to go
    on. ``wanted`` is asked again and again, however long nothing better is found.
    """
    first = dispatch(problem)
    if not first.placed or not better(first) or not have_solver():
        return first
    return _Model(problem, first).solve(limits, better, wanted)


@dataclass(frozen=True, slots=True)
class _Option:
    machine: int
    minutes: int
    present: Any
    worked: Any
    interval: Any
    task: Task


class _Model:
    """The constraints, and where their variables are."""

    def __init__(self, problem: Problem, first: Solution) -> None:
        from ortools.sat.python import cp_model

        self.cp, self.model = cp_model, cp_model.CpModel()
        self.problem, self.first = problem, first
        self.due = any(work.due is not None for work in problem.works)
        # With due dates it may pay to finish later than the rule did.
        last = max(placed.end for placed in first.placed)
        self.horizon = last * (2 if self.due else 1) + 1
        self.options: dict[tuple[int, int], list[_Option]] = {}
        self.starts: dict[tuple[int, int], Any] = {}
        self.ends: dict[tuple[int, int], Any] = {}
        self.hints = {(p.work, p.task): p for p in first.placed}
        self._build()

    def solve(
        self,
        limits: Limits,
        better: Callable[[Solution], bool],
        wanted: Callable[[], bool] = lambda: True,
    ) -> Solution:
        """Look, within limits."""
        solver = self.cp.CpSolver()
        solver.parameters.num_workers = limits.workers
        solver.parameters.random_seed = limits.seed
        # Costs time at each step and saves more: shops of ten by ten are proved in half the time.
        solver.parameters.use_strong_propagation_in_disjunctive = True
        if limits.deterministic is not None:
            solver.parameters.max_deterministic_time = limits.deterministic
        else:
            solver.parameters.max_time_in_seconds = limits.seconds
        outer = self

        class Watch(self.cp.CpSolverSolutionCallback):  # type: ignore[name-defined, misc]
            def on_solution_callback(self) -> None:
                if not better(outer.read(self.value, "feasible", 0)):
                    self.stop_search()

        over = threading.Event()

        def watch() -> None:
            while not over.wait(LOOK):
                if not wanted():
                    solver.stop_search()
                    return

        asking = threading.Thread(target=watch, daemon=True)
        asking.start()
        try:
            status = solver.solve(self.model, Watch())
        finally:
            over.set()
            asking.join()
        if status not in (self.cp.OPTIMAL, self.cp.FEASIBLE):
            return self.first
        proved = status == self.cp.OPTIMAL
        bound = int(solver.best_objective_bound) if not self.due else 0
        found = self.read(solver.value, "optimal" if proved else "feasible", bound)
        known = (self.first.tardiness, self.first.makespan)
        return found if (found.tardiness, found.makespan) <= known else self.first

    def read(self, value: Callable[[Any], int], status: str, bound: int) -> Solution:
        """The placed tasks of the solution at hand."""
        placed = []
        for (work, task), options in self.options.items():
            chosen = next(o for o in options if o.present is None or value(o.present))
            start, end = value(self.starts[work, task]), value(self.ends[work, task])
            placed.append(Placed(work, task, chosen.machine, start, end))
        return judged(self.problem, placed, status, bound)

    # -- inside -------------------------------------------------------------------------------

    def _build(self) -> None:
        model, by_machine = self.model, defaultdict(list)
        grouped = self._with_families()
        for work in self.problem.works:
            before: Any = work.release
            for task in work.tasks:
                place = work.key, task.key
                self.starts[place] = model.new_int_var(0, self.horizon, "")
                self.ends[place] = model.new_int_var(0, self.horizon, "")
                self.options[place] = self._options(place, task, grouped)
                for option in self.options[place]:
                    by_machine[option.machine].append(option)
                if task.fixed is None:
                    model.add(self.starts[place] >= before)
                before = self.ends[place]
        for key, several in by_machine.items():
            self._share(self.problem.machines[key], several, key in grouped)
        self._aim()

    def _with_families(self) -> set[int]:
        """The machines on which the order of families matters."""
        seen: dict[int, list[int]] = defaultdict(list)
        for work in self.problem.works:
            for task in work.tasks:
                for key, _minutes in task.options if task.setup else ():
                    seen[key].append(task.family)
        return {
            key
            for key, families in seen.items()
            if len(set(families)) < len(families) and self.problem.machines[key].capacity == 1
        }

    def _options(self, place: tuple[int, int], task: Task, grouped: set[int]) -> list[_Option]:
        model, found, hint = self.model, [], self.hints[place]
        options = task.options
        if task.fixed is not None:
            fixed = task.fixed[0]
            options = ((fixed, dict(task.options).get(fixed, task.options[0][1])),)
        for key, minutes in options:
            machine = self.problem.machines[key]
            minutes += 0 if key in grouped else task.setup
            present = model.new_bool_var("") if len(options) > 1 else None
            worked = model.new_int_var(0, self.horizon, "")
            # The set-up belongs to the task: how long it takes depends on what was before.
            most = minutes + (task.setup if key in grouped else 0)
            size: Any = model.new_int_var(minutes, most, "") if key in grouped else minutes
            until = model.new_int_var(0, self.horizon, "")
            if present is None:
                interval = model.new_interval_var(worked, size, until, "")
            else:
                interval = model.new_optional_interval_var(worked, size, until, present, "")
                model.add_hint(present, hint.machine == key)
            model.add_hint(worked, machine.first(hint.start))
            self._clock(place, machine, worked, until, present)
            found.append(_Option(key, minutes, present, worked, (interval, size, until), task))
        if len(options) > 1:
            model.add_exactly_one(option.present for option in found)
        if task.fixed is not None:
            model.add(self.starts[place] == hint.start)
        return found

    def _clock(
        self, place: tuple[int, int], machine: Machine, worked: Any, until: Any, present: Any
    ) -> None:
        """Bind the machine's working minutes to the clock on the wall."""
        model, start, end = self.model, self.starts[place], self.ends[place]
        before, inside, past = [], [], 0
        for at, length in machine.breaks:
            if at + past > self.horizon:
                break
            past += length
            begun, over = model.new_bool_var(""), model.new_bool_var("")
            model.add(worked >= at).only_enforce_if(begun)
            model.add(worked < at).only_enforce_if(begun.negated())
            model.add(until > at).only_enforce_if(over)
            model.add(until <= at).only_enforce_if(over.negated())
            before.append(length * begun)
            inside.append(length * over)
        for bound in (
            model.add(start == worked + sum(before)), model.add(end == until + sum(inside)),
        ):  # fmt: skip
            if present is not None:
                bound.only_enforce_if(present)

    def _share(self, machine: Machine, options: list[_Option], grouped: bool) -> None:
        intervals = [option.interval[0] for option in options]
        if machine.capacity > 1:
            self.model.add_cumulative(intervals, [1] * len(intervals), machine.capacity)
            return
        self.model.add_no_overlap(intervals)
        if grouped:
            self._sequence(options)

    def _sequence(self, options: list[_Option]) -> None:
        """A way through all tasks of the machine; who follows another family is set up first."""
        model, arcs = self.model, []
        for n, one in enumerate(options, 1):
            first, last = model.new_bool_var(""), model.new_bool_var("")
            arcs += [(0, n, first), (n, 0, last)]
            model.add(one.interval[1] == one.minutes + one.task.setup).only_enforce_if(first)
            if one.present is not None:
                arcs.append((n, n, one.present.negated()))
            for m, other in enumerate(options, 1):
                if n == m:
                    continue
                follows = model.new_bool_var("")
                arcs.append((n, m, follows))
                setup = 0 if one.task.family == other.task.family else other.task.setup
                model.add(other.interval[1] == other.minutes + setup).only_enforce_if(follows)
                model.add(other.worked >= one.interval[2]).only_enforce_if(follows)
        empty = model.new_bool_var("")
        model.add_circuit([*arcs, (0, 0, empty)])

    def _aim(self) -> None:
        model = self.model
        makespan = model.new_int_var(0, self.horizon, "")
        late = []
        for work in self.problem.works:
            if not work.tasks or work.blocks:
                continue
            end = self.ends[work.key, work.tasks[-1].key]
            model.add(makespan >= end)
            if work.due is not None:
                tardy = model.new_int_var(0, self.horizon, "")
                model.add(tardy >= end - work.due)
                late.append(work.weight * tardy)
        model.minimize((self.horizon + 1) * sum(late) + makespan if late else makespan)
