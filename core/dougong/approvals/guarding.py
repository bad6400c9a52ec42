"""No step without the approval that a rule asks for, whichever way leads there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect, select

from dougong.approvals.rules import Rule, Where, agreed, asked_of, rules_in_force
from dougong.errors import Refused
from dougong.i18n import _, listed
from dougong.unit_of_work.session import SCOPED

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork
    from dougong.unit_of_work.history import History
    from dougong.wiring import Wiring
    from dougong.workflows import Step, Workflow


class NeedsApproval(Refused):
    """Somebody else has to agree first."""

    def __init__(
        self, resource: str, step: str, key: int, what: str, rules: Sequence[Rule]
    ) -> None:
        super().__init__(
            _(
                "%(what)s needs the approval of %(who)s first: %(rules)s.",
                what=what,
                who=listed(dict.fromkeys(rule.who for rule in rules)),
                rules=listed(rule.label for rule in rules),
            )
        )
        self.resource, self.step, self.key = resource, step, key


@dataclass
class Road:
    """A resource with a workflow, and which of its steps a change of state has taken."""

    resource: str
    model: type[Any]
    workflow: Workflow
    columns: Sequence[str] = ()
    _taken: dict[tuple[str | None, str], list[str]] = field(default_factory=dict)

    def taken(self, old: str | None, new: str) -> list[str]:
        """The steps that lead from one state to the other: the one itself, or all on the way."""
        found = self._taken.get((old, new))
        if found is None:
            start = self.workflow.states[0].name if old is None else old
            direct = self.workflow.between(start, new)
            found = [direct.name] if direct else self._between(start, new)
            self._taken[old, new] = found if start != new else []
            return self._taken[old, new]
        return found

    def title(self, uow: UnitOfWork, document: Any) -> str:
        """What approvers read: the document, and the first thing of its list that it leads to."""
        relations = inspect(self.model).relationships
        for name in self.columns:
            if name in relations and len(relations[name].local_columns) == 1:
                (column,) = relations[name].local_columns
                key = getattr(document, relations[name].parent.get_property_by_column(column).key)
                about = key and uow.session.get(relations[name].mapper.class_, key)
                return f"{document} · {about}" if about else str(document)
        return str(document)

    def _between(self, start: str, new: str) -> list[str]:
        """The steps on some way from one state to the other that comes back to neither."""
        before = self._reach(start, new)
        return [
            step.name
            for step in self.workflow.steps
            if before & (set(step.source) - {new}) and new in self._reach(step.target, start)
        ]

    def _reach(self, start: str, without: str) -> set[str]:
        found, waiting = {start}, [start]
        while waiting:
            here = waiting.pop()
            for step in self.workflow.steps:
                if here in step.source and step.target not in found and here != without:
                    found.add(step.target)
                    waiting.append(step.target)
        return found


class Guard:
    """Looks at every unit of work before it is saved; the house keeps one."""

    def __init__(self, wiring: Wiring) -> None:
        self.roads: dict[str, Road] = {}
        for resource in wiring.resources:
            kind = getattr(resource.model, "__document__", "")
            if resource.steps is not None and kind and kind == resource.name:
                self.roads.setdefault(
                    kind, Road(kind, resource.model, resource.steps, resource.columns)
                )

    def lacking(
        self, uow: UnitOfWork, kind: str, step: str, ids: Sequence[int]
    ) -> dict[int, NeedsApproval]:
        """Which of these documents may not take the step yet; what was typed is stored first."""
        road, rules = self.roads.get(kind), rules_in_force(uow).get((kind, step))
        if road is None or not rules:
            return {}
        uow.flush()
        rows = uow.session.execute(
            select(road.model.id, road.model.version).where(road.model.id.in_(ids)),
            execution_options={SCOPED: True},
        )
        return self._open(uow, road, (kind, step), rules, {id: version for id, version in rows})  # noqa: C416

    def finish(self, uow: UnitOfWork, history: History) -> None:
        """The unit of work has written everything: refuse it where an approval is missing."""
        moved: dict[Where, dict[int, int | None]] = defaultdict(dict)
        for (kind, id), change in history.changes.items():
            road = self.roads.get(kind)
            seen = change.fields.get(road.workflow.field) if road else None
            if road is None or seen is None or seen[1] is None or seen[0] == seen[1]:
                continue
            for step in road.taken(*seen):
                moved[kind, step][id] = change.version
        if not moved:
            return
        rules = rules_in_force(uow)
        for where, versions in moved.items() if rules else ():
            if where in rules:
                found = self._open(uow, self.roads[where[0]], where, rules[where], versions)
                for refusal in found.values():
                    raise refusal

    def still_open(self, uow: UnitOfWork, where: Where, id: int, version: int | None) -> list[Rule]:
        """The rules that speak of a document and that nobody has agreed to."""
        road, rules = self.roads.get(where[0]), rules_in_force(uow).get(where, [])
        if road is None or not rules:
            return []
        done = agreed(uow, where, [id])
        return [
            rule
            for rule in asked_of(uow, road.model, rules, [id]).get(id, [])
            if (id, version, rule.id) not in done
        ]

    def _open(
        self,
        uow: UnitOfWork,
        road: Road,
        where: Where,
        rules: Sequence[Rule],
        versions: Mapping[int, int | None],
    ) -> dict[int, NeedsApproval]:
        asked = asked_of(uow, road.model, rules, versions)
        if not asked:
            return {}
        done = agreed(uow, where, list(asked))
        found = {}
        for id, mine in asked.items():
            missing = [rule for rule in mine if (id, versions[id], rule.id) not in done]
            if missing:
                what = str(uow.session.get(road.model, id) or id)
                found[id] = NeedsApproval(road.resource, where[1], id, what, missing)
        return found

    def step(self, where: Where) -> Step | None:
        """The step itself, or None where its plugin is gone."""
        road = self.roads.get(where[0])
        return road.workflow.step(where[1]) if road else None
