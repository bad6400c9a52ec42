"""Words that programs know, with the labels of what this house has: its jobs, its resources, their steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from dougong.events import program_name, said
from dougong.resources.fields.choices import Known
from dougong.types import Exact

if TYPE_CHECKING:
    from dougong.resources.nouns import Nouns
    from dougong.wiring import Wiring


def label_words(nouns: Nouns, wiring: Wiring) -> None:
    """Fill in the choices of the `Known` fields of jobs, letters, approval rules and approvals."""
    moving = sorted(
        (n for n in nouns if n.steps and n.document == n.name), key=lambda n: str(n.label)
    )
    resources = {n.name: n.label for n in moving}
    steps = _usual((step.name, step.label) for n in moving if n.steps for step in n.steps.steps)
    amounts = _usual(
        (field.name, field.label)
        for n in moving
        for field in n.fields.values()
        if not field.hops and not field.virtual and isinstance(field.column.type, Exact)
    )
    jobs = {name: job.label or name for name, job in wiring.jobs.items()}
    news = {program_name(kind): said(kind) or program_name(kind) for kind in wiring.reactions}
    for noun, field, choices in (
        ("core.jobs", "name", jobs),
        ("core.outbox", "event", news),
        ("core.approval-rules", "resource", resources),
        ("core.approval-rules", "step", steps),
        ("core.approval-rules", "field", amounts),
        ("core.approvals", "resource", resources),
        ("core.approvals", "step", steps),
    ):
        _offer(nouns, noun, field, choices)


def _usual(named: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """Each name with the label that most of those who use it give it."""
    given: dict[str, list[Any]] = {}
    for name, label in named:
        given.setdefault(name, []).append(label)
    return {
        name: max(labels, key=lambda one: sum(str(other) == str(one) for other in labels))
        for name, labels in given.items()
    }


def _offer(nouns: Nouns, name: str, field: str, choices: Mapping[str, Any]) -> None:
    noun = nouns.get(name)
    known = noun.fields.get(field) if noun is not None else None
    if isinstance(known, Known):
        known.choices = dict(sorted(choices.items(), key=lambda one: str(one[1])))
