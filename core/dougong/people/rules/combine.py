"""Several roles, several conditions: a person sees what any of their roles lets them see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, or_, select

from dougong.actors import RecordRule, Rights
from dougong.people.rules.filters import compiled
from dougong.people.rules.models import RecordRule as RuleRow
from dougong.unit_of_work.session import SCOPED

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.actors import Actor
    from dougong.plugin import Role
    from dougong.wiring import Wiring

#: Conditions by role and model.
ByRole = Mapping[int, Mapping[type, Sequence[RecordRule]]]


@dataclass(frozen=True)
class HeldRole:
    """A role somebody holds: its rights, and the plugin's declaration if it has one."""

    id: int
    name: str
    rights: Rights
    declared: Role | None


def rules_of_roles(session: Session, roles: Sequence[int], wiring: Wiring | None) -> ByRole:
    """What administrators wrote for these roles, by model."""
    found: dict[int, dict[type, list[RecordRule]]] = defaultdict(lambda: defaultdict(list))
    if not roles:
        return found
    models = {r.name: r.model for r in wiring.resources} if wiring else {}
    rows = session.scalars(
        select(RuleRow).where(RuleRow.role_id.in_(roles), RuleRow.active).order_by(RuleRow.id),
        execution_options={SCOPED: True},
    )
    for row in rows:
        model = models.get(row.resource)
        if model is not None:
            found[row.role_id][model].append(compiled(model, row.filter))
    return found


def combine(
    roles: Sequence[HeldRole], written: ByRole, wiring: Wiring | None
) -> dict[type, tuple[RecordRule, ...]]:
    """One condition a model. A role that may read it and asks nothing opens all of it."""
    asked: dict[type, list[list[RecordRule]]] = defaultdict(list)
    for role in roles:
        own: dict[type, list[RecordRule]] = defaultdict(list)
        if role.declared:
            for model, rule in role.declared.rules.items():
                own[model].append(rule)
        for model, rules in written.get(role.id, {}).items():
            own[model] += rules
        for model, rules in own.items():
            asked[model].append(rules)
        for model in own:
            asked.setdefault(model, [])
    return {
        model: (_any_of(choices),)
        for model, choices in asked.items()
        if not any(_opens_all(role, model, written, wiring) for role in roles)
    }


def _opens_all(role: HeldRole, model: type, written: ByRole, wiring: Wiring | None) -> bool:
    """Whether a role reads the model without any condition of its own."""
    if role.declared and model in role.declared.rules:
        return False
    if model in written.get(role.id, {}):
        return False
    return _reading(model, wiring) in role.rights


def _reading(model: type, wiring: Wiring | None) -> str:
    """The right to read a model's documents, or all rights when no resource shows it."""
    for resource in wiring.resources if wiring else ():
        if resource.model is model:
            return f"{resource.rights.name}.read"
    return "*"


def _any_of(choices: Sequence[Sequence[RecordRule]]) -> RecordRule:
    def rule(model: Any, actor: Actor) -> Any:
        return or_(*(and_(*(one(model, actor) for one in rules)) for rules in choices))

    return rule
