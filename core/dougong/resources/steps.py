"""Taking documents along their workflow: one, or many with an answer for each."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from dougong.errors import DougongError, Forbidden, Invalid, NotFound, Refused
from dougong.i18n import Text, _
from dougong.resources import documents
from dougong.resources.documents.facts import key_of
from dougong.resources.problems import sentence
from dougong.unit_of_work.refusals import sentence_for

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight
    from dougong.unit_of_work import UnitOfWork
    from dougong.workflows import Step, Workflow

Answers = dict[int, Text | str]
KEY = re.compile(r"[1-9]\d{0,15}", re.ASCII)
NUMBER = re.compile(r"-?\d{1,13}(\.\d{1,6})?", re.ASCII)


def offered(noun: Noun, sight: Sight, document: Any) -> list[tuple[Step, Text | str]]:
    """The steps from here that these eyes may take, each with the reason why not now, or ``""``."""
    if not noun.steps or document is None:
        return []
    here = getattr(document, noun.steps.field)
    return [
        (step, reason(noun.steps, step, document) or "")
        for step in noun.steps.steps
        if here in step.source and step.needs in sight.rights
    ]


def allowed(noun: Noun, sight: Sight) -> list[Step]:
    """The steps these eyes may take at all."""
    return [s for s in noun.steps.steps if s.needs in sight.rights] if noun.steps else []


def reason(workflow: Workflow, step: Step, document: Any) -> Text | str | None:
    """The sentence of the first guard that refuses, or None."""
    guards = [step.guard] if step.guard else []
    for guard in (*guards, *workflow.added_guards.get(step.name, ())):
        refusal: Text | str | None = guard(document)
        if refusal:
            return refusal
    return None


def run_one(uow: UnitOfWork, noun: Noun, sight: Sight, name: str, key: int, **asked: Any) -> None:
    """Take one document along a step; raises what refuses it."""
    if (refusal := approval_lacking(uow, noun, sight, name, key)) is not None:
        raise refusal
    workflow, step = _step(noun, sight, name)
    workflow.take(uow, noun.model, step, [key], asked, noun.loaded)


def approval_lacking(
    uow: UnitOfWork, noun: Noun, sight: Sight, name: str, key: int
) -> Refused | None:
    """Who has to agree before the step is taken, in a sentence; raises what refuses it otherwise."""
    workflow, step = _step(noun, sight, name)
    (document,) = documents.load(uow, noun, sight, [key])
    if (why := _not_ready(workflow, step, document)) is not None:
        raise Refused(why)
    return _lacking(uow, noun, step, [key]).get(key)


def run(
    uow: UnitOfWork, noun: Noun, sight: Sight, name: str, keys: Iterable[int], **asked: Any
) -> Answers:
    """Take all documents along that may go; the answer maps a key to its sentence, "" when done.

    The step's effect gets the whole batch at once. When it refuses, each document is tried alone.
    """
    workflow, step = _step(noun, sight, name)
    wanted = list(dict.fromkeys(keys))
    present = _present(uow, noun, wanted)
    answers: Answers = {k: _("It is not there.") for k in wanted if k not in present}
    ready: list[int] = []
    for document in documents.load(uow, noun, sight, present):
        why = _not_ready(workflow, step, document)
        if why is None:
            ready.append(document.id)
        else:
            answers[document.id] = why
    answers |= {key: no.sentence for key, no in _lacking(uow, noun, step, ready).items()}
    ready = [key for key in ready if key not in answers]
    refusal = _attempt(uow, noun, workflow, step, ready, asked) if ready else None
    if refusal is None:
        return answers | dict.fromkeys(ready, "")
    if len(ready) == 1:
        return answers | {ready[0]: refusal}
    for key in ready:
        answers[key] = _attempt(uow, noun, workflow, step, [key], asked) or ""
    return answers


def read_asked(step: Step, raw: Mapping[str, Any]) -> dict[str, Any]:
    """What a step wants to know, from JSON or a form; raises `Invalid`."""
    asks = {ask.name: ask for ask in step.asks}
    errors: dict[str, Text | str] = {
        name: sentence("extra_forbidden") for name in raw if name not in asks
    }
    values: dict[str, Any] = {}
    for name, ask in asks.items():
        value = raw.get(name)
        if value is None or (isinstance(value, str) and not value.strip()):
            if ask.required:
                errors[name] = sentence("required")
            continue
        try:
            values[name] = _asked(ask.kind, value)
        except ValueError as error:
            errors[name] = sentence(str(error))
    if errors:
        raise Invalid(errors, HTTPStatus.UNPROCESSABLE_ENTITY)
    return values


def _asked(kind: str, value: Any) -> Any:
    if kind == "flag":
        if not isinstance(value, bool):
            raise ValueError("flag")
        return value
    if kind == "link":
        if not (isinstance(value, str | int) and KEY.fullmatch(str(value))):
            raise ValueError("choice")
        return int(value)
    if not isinstance(value, str) or "\x00" in value or len(value) > 2000:
        raise ValueError("text")
    if kind == "date":
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise ValueError("date") from None
    if kind in ("quantity", "amount", "number"):
        if not NUMBER.fullmatch(value):
            raise ValueError("number")
        return Decimal(value)
    return value


def _step(noun: Noun, sight: Sight, name: str) -> tuple[Workflow, Step]:
    step = noun.steps.step(name) if noun.steps else None
    if noun.steps is None or step is None:
        raise NotFound(_("step"), name[:40])
    if step.needs not in sight.rights:
        raise Forbidden(step.needs)
    return noun.steps, step


def _present(uow: UnitOfWork, noun: Noun, keys: Sequence[int]) -> list[int]:
    """Those of the documents that are there for this actor, in the order asked."""
    column = key_of(noun.model)
    statement = select(column).where(column.in_(keys))
    if noun.resource.rule:
        statement = statement.where(noun.resource.rule(noun.model))
    found = set(uow.session.scalars(statement))
    return [key for key in keys if key in found]


def _not_ready(workflow: Workflow, step: Step, document: Any) -> Text | str | None:
    here = getattr(document, workflow.field)
    if here not in step.source:
        return _("It is %(state)s.", state=workflow.state(here).label)
    return reason(workflow, step, document)


def _lacking(uow: UnitOfWork, noun: Noun, step: Step, keys: Sequence[int]) -> Mapping[int, Refused]:
    """Those that somebody else has to agree to first."""
    oversight = uow.house.oversight
    if oversight is None or not noun.document or not keys:
        return {}
    return oversight.lacking(uow, noun.document, step.name, keys)


def _attempt(
    uow: UnitOfWork,
    noun: Noun,
    workflow: Workflow,
    step: Step,
    keys: list[int],
    asked: Mapping[str, Any],
) -> Text | str | None:
    refusals: Any = (DougongError, IntegrityError)
    error = uow.attempt(
        lambda: workflow.take(uow, noun.model, step, keys, asked, noun.loaded), errors=refusals
    )
    if error is None:
        return None
    if isinstance(error, IntegrityError):
        return sentence_for(error).sentence
    return getattr(error, "sentence", None) or str(error)
