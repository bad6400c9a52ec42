"""Why a document can no longer be changed, and what can be done instead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dougong.audit.reasons import Reason, last_reasons
from dougong.events import ref
from dougong.i18n import Text, _
from dougong.resources import documents

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong.resources.nouns import Noun
    from dougong.workflows import Step


@dataclass(frozen=True)
class Lock:
    """What the form of a closed document says above its fields."""

    text: Text | str
    #: The step that opens it again, or takes it back; empty when there is none for these eyes.
    way: Text | str = ""
    #: What was said when it was taken here.
    reason: Reason | None = None


def lock_of(
    session: Session, noun: Noun, document: Any, offered: Sequence[tuple[Step, Text | str]]
) -> Lock | None:
    """The lock of a document whose state forbids changes; None where it may be changed."""
    if document is None or noun.steps is None or not documents.locked(noun, document):
        return None
    state = noun.steps.state(getattr(document, noun.steps.field))
    text = state.why or _(
        "%(what)s is %(state)s and can no longer be edited.", what=noun.one, state=state.label
    )
    here = ref(document) if noun.document and noun.key == "id" else None
    reason = last_reasons(session, [here]).get(here) if here is not None and noun.audited else None
    return Lock(text, _way(noun, offered), reason)


def _way(noun: Noun, offered: Sequence[tuple[Step, Text | str]]) -> Text | str:
    assert noun.steps is not None
    open_ = [step for step, refusal in offered if not refusal]
    for step in open_:
        if noun.steps.state(step.target).editable:
            return _("“%(step)s” opens it again.", step=step.label)
    left = {name for step in noun.steps.steps for name in step.source}
    for step in open_:
        # Given up for good; what only rests aside for a while takes nothing back.
        if noun.steps.state(step.target).aside and step.target not in left:
            return _("“%(step)s” takes it back.", step=step.label)
    return ""
