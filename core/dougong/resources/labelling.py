"""Words that programs know, with the labels of what this house has: its jobs, its resources, their steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dougong.resources.fields.choices import Known

if TYPE_CHECKING:
    from dougong.resources.nouns import Nouns
    from dougong.wiring import Wiring


def label_words(nouns: Nouns, wiring: Wiring) -> None:
    """Fill in the choices of the `Known` fields of jobs, approval rules and approvals."""
    moving = sorted(
        (n for n in nouns if n.steps and n.document == n.name), key=lambda n: str(n.label)
    )
    resources = {n.name: n.label for n in moving}
    steps = {step.name: step.label for n in moving if n.steps for step in n.steps.steps}
    jobs = {name: job.label or name for name, job in wiring.jobs.items()}
    for noun, field, choices in (
        ("core.jobs", "name", jobs),
        ("core.approval-rules", "resource", resources),
        ("core.approval-rules", "step", steps),
        ("core.approvals", "resource", resources),
        ("core.approvals", "step", steps),
    ):
        _offer(nouns, noun, field, choices)


def _offer(nouns: Nouns, name: str, field: str, choices: Mapping[str, Any]) -> None:
    noun = nouns.get(name)
    known = noun.fields.get(field) if noun is not None else None
    if isinstance(known, Known):
        known.choices = dict(sorted(choices.items(), key=lambda one: str(one[1])))
