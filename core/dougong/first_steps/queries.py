"""How far the first steps are: asked of the data, never of a click."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, select

from dougong.first_steps.models import StepsAway
from dougong.logger import structlog
from dougong.plugin import FirstStep

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.actors import Actor
    from dougong.resources.nouns import Nouns

log = structlog.get_logger()


@dataclass(frozen=True)
class Progress:
    """The first steps of one module for one person: each with whether it is done."""

    module: str
    steps: Sequence[tuple[FirstStep, bool]]
    away: bool = False

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(done for _step, done in self.steps)

    @property
    def left(self) -> int:
        """How many are not."""
        return len(self.steps) - self.done


def mine(steps: Iterable[FirstStep], nouns: Nouns, actor: Actor) -> list[FirstStep]:
    """The steps that this person could take, by their rights."""
    return [s for s in sorted(steps, key=lambda s: s.order) if _may(s, nouns, actor)]


def _may(step: FirstStep, nouns: Nouns, actor: Actor) -> bool:
    if step.needs:
        return bool(actor.may(step.needs))
    noun = nouns.get(step.to)
    return noun is not None and noun.sight(actor.rights).create


def progress(
    session: Session, steps: Iterable[FirstStep], nouns: Nouns, actor: Actor
) -> list[Progress]:
    """Module by module, in the order in which they were collected."""
    away = set(
        session.scalars(
            select(StepsAway.module).where(
                StepsAway.user_id == actor.user_id, StepsAway.company_id == actor.company_id
            )
        )
    )
    modules: dict[str, list[tuple[FirstStep, bool]]] = {}
    for step in mine(steps, nouns, actor):
        done = is_done(session, step, nouns, actor)
        if done is not None:
            modules.setdefault(step.module, []).append((step, done))
    return [Progress(module, found, module in away) for module, found in modules.items()]


def is_done(session: Session, step: FirstStep, nouns: Nouns, actor: Actor) -> bool | None:
    """Whether it is done; None where its question failed, which is logged."""
    try:
        if step.done is not None:
            return bool(step.done(session, actor))
        return _has_rows(session, nouns.get(step.to), actor)
    except Exception:
        log.exception("a first step was left out", step=step.key)
        return None


def _has_rows(session: Session, noun: Any, actor: Actor) -> bool:
    """Whether the company has at least one document of this kind."""
    model = noun.model
    statement = select(getattr(model, noun.key))
    if noun.resource.rule:
        statement = statement.where(noun.resource.rule(model))
    if hasattr(model, "company_id"):
        statement = statement.where(model.company_id == actor.company_id)
    return bool(session.scalar(select(exists(statement))))
