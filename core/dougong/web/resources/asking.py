"""What a step asks before it is taken, filled in as far as the house knows the answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask import g

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.workflows import Ask, Step


@dataclass(frozen=True)
class Question:
    """One control of the dialog."""

    ask: Ask
    #: What it begins with, as its control shows it.
    value: str = ""
    choices: Sequence[tuple[int, str]] = field(default_factory=tuple)


def questions(session: Session, step: Step, document: Any) -> list[Question]:
    """The questions of a step, for one document or, with none, for many at once."""
    return [_question(session, ask, document) for ask in step.asks]


def _question(session: Session, ask: Ask, document: Any) -> Question:
    value = ask.start(session, document, g.actor) if ask.start and document is not None else None
    choices = ask.choices(session, document) if ask.choices else ()
    return Question(ask, _typed(value), choices)


def _typed(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return str(g.fmt.trimmed(value, 3, 2))
    return value.isoformat() if isinstance(value, dt.date) else str(value)
