"""How documents of each kind move on: their states and steps, who may take a step, who must agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from dougong.actors import Rights
from dougong.approvals.rules import Rule, rules_in_force
from dougong.i18n import Text
from dougong.people.roles.matrix import by_department
from dougong.people.roles.queries import all_roles

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork
    from dougong.workflows import State, Step, Workflow


@dataclass(frozen=True)
class Move:
    """One step as people read it: from where to where, which roles may, whom a rule asks first."""

    step: Step
    sources: Sequence[State]
    target: State
    roles: Sequence[str]
    rules: Sequence[Rule]


@dataclass(frozen=True)
class Way:
    """The workflow of one kind of document."""

    #: The kind's name, as approval rules say it; empty where rules cannot ask for anything.
    kind: str
    label: Text | str
    url: str
    states: Sequence[State]
    moves: Sequence[Move]


def ways(uow: UnitOfWork) -> list[tuple[str, list[Way]]]:
    """The workflows of the house by department, with the rules of the actor's companies."""
    house: Any = uow.house
    rules, may = rules_in_force(uow), _roles_that_may(uow)
    roads = house.oversight.roads
    groups: dict[str, list[Way]] = {}
    told: set[int] = set()
    for noun in house.nouns:
        if noun.steps is None or id(noun.steps) in told:
            continue  # a second list of the same documents
        told.add(id(noun.steps))
        kind = noun.name if noun.name in roads else ""
        asked = {step: found for (where, step), found in rules.items() if where == kind}
        moves = list(_moves(noun.steps, asked, may))
        way = Way(kind, noun.label, f"/{noun.plugin}/{noun.slug}", noun.steps.states, moves)
        groups.setdefault(noun.plugin, []).append(way)
    return by_department(house.wiring, groups)


def _moves(
    workflow: Workflow, asked: Mapping[str, Sequence[Rule]], may: Callable[[str], Sequence[str]]
) -> Iterator[Move]:
    for step in workflow.steps:
        sources = [workflow.state(name) for name in step.source]
        target, rules = workflow.state(step.target), asked.get(step.name, ())
        yield Move(step, sources, target, may(step.needs), rules)


def _roles_that_may(uow: UnitOfWork) -> Callable[[str], Sequence[str]]:
    """For each right the names of the roles that give it."""
    roles: list[tuple[str, Any]] = [
        (role["label"], Rights(role["rights"])) for role in all_roles(uow.session, uow.house.wiring)
    ]

    @cache
    def may(right: str) -> Sequence[str]:
        return [label for label, rights in roles if right in rights]

    return may
