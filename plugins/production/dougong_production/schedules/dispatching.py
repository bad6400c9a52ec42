"""A schedule by a priority rule: whatever can begin first, the most urgent before the others."""

from __future__ import annotations

import heapq

from dougong_production.schedules.problem import Placed, Problem, Solution, Task, Work, judged


def dispatch(problem: Problem) -> Solution:
    """Earliest start, then earliest due date, then shortest (a non-delay schedule; Baker and
    Trietsch, Principles of Sequencing and Scheduling, ch. 10).
    """
    free = {key: [0] * machine.capacity for key, machine in problem.machines.items()}
    family: dict[int, int] = {}
    after = {work.key: work.release for work in problem.works}
    waiting = {work.key: list(work.tasks) for work in problem.works}
    works = {work.key: work for work in problem.works}
    placed: list[Placed] = []
    for work in problem.works:
        while waiting[work.key] and waiting[work.key][0].fixed is not None:
            placed.append(_freeze(problem, work, waiting[work.key].pop(0), free, family, after))

    def best(work: Work) -> tuple[int, float, int, int, int, int]:
        task = waiting[work.key][0]
        found = []
        for key, minutes in task.options:
            machine = problem.machines[key]
            setup = 0 if machine.capacity == 1 and family.get(key) == task.family else task.setup
            start = max(machine.first(after[work.key]), free[key][0])
            found.append((machine.ends(start + setup + minutes), start, key, setup + minutes))
        _end, start, key, minutes = min(found)
        due = float("inf") if work.due is None else work.due / max(work.weight, 1)
        return problem.machines[key].begins(start), due, minutes, start, key, work.key

    while any(waiting.values()):
        chosen = min(best(works[key]) for key, tasks in waiting.items() if tasks)
        _begins, _due, minutes, start, key, work_key = chosen
        task, machine = waiting[work_key].pop(0), problem.machines[key]
        heapq.heapreplace(free[key], start + minutes)
        family[key] = task.family
        end = machine.ends(start + minutes)
        after[work_key] = end
        placed.append(Placed(work_key, task.key, key, machine.begins(start), end))
    return judged(problem, placed, "dispatched")


def _freeze(
    problem: Problem,
    work: Work,
    task: Task,
    free: dict[int, list[int]],
    family: dict[int, int],
    after: dict[int, int],
) -> Placed:
    """What is frozen stands where it stood; what is free there begins after it."""
    assert task.fixed is not None
    key, moment = task.fixed
    machine = problem.machines[key]
    start = max(machine.first(moment), free[key][0])
    minutes = dict(task.options).get(key, task.options[0][1]) + task.setup
    heapq.heapreplace(free[key], start + minutes)
    family[key] = task.family
    after[work.key] = machine.ends(start + minutes)
    return Placed(work.key, task.key, key, machine.begins(start), after[work.key])
