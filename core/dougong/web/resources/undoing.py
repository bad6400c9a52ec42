"""The way back from what was done with many documents: a step the other way, or the values of before."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask import g, request
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from dougong.errors import Refused
from dougong.i18n import _
from dougong.resources import documents, steps
from dougong.resources.documents.facts import key_of
from dougong.resources.fields import Flag, Link
from dougong.web.resources import forms
from dougong.web.resources.common import reading

if TYPE_CHECKING:
    from dougong.resources.fields import Field
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight
    from dougong.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Undo:
    """What the button in the answer sends: an action, its documents, and what each had before."""

    do: str
    ids: Sequence[Any]
    #: By key: the version that the change left, and the text of the field before.
    was: Mapping[str, Any]

    def as_json(self) -> str:
        """For a hidden control."""
        return json.dumps(self.was, ensure_ascii=False)


def before(noun: Noun, sight: Sight, do: str, chosen: Sequence[Any]) -> dict[Any, Any]:
    """What the documents hold of what is about to change."""
    verb, _colon, name = do.partition(":")
    if verb == "step" and noun.steps is not None:
        column = getattr(noun.model, noun.steps.field)
    elif verb == "edit" and noun.versioned and name in sight.writable_own:
        column = getattr(noun.model, sight.writable_own[name].key)
    else:
        return {}
    key = key_of(noun.model)
    with reading() as session:
        rows = session.execute(select(key, column).where(key.in_(chosen)))
        return {one: value for one, value in rows}  # noqa: C416


def way_back(
    noun: Noun, sight: Sight, do: str, was: Mapping[Any, Any], done: Sequence[Any]
) -> Undo | None:
    """How it is undone; None where nothing leads back."""
    verb, _colon, name = do.partition(":")
    known = [key for key in done if key in was]
    if not known:
        return None
    if verb == "step":
        states = {was[key] for key in known}
        back = _step_back(noun, sight, name, states.pop()) if len(states) == 1 else ""
        return Undo(f"step:{back}", known, {}) if back else None
    field = sight.writable_own[name]
    key = key_of(noun.model)
    with reading() as session:
        rows = session.execute(select(key, noun.model.version).where(key.in_(known)))
        left = {one: [version, _text(field, was[one])] for one, version in rows}
    return Undo(f"undo:{name}", list(left), {str(one): pair for one, pair in left.items()})


def _step_back(noun: Noun, sight: Sight, name: str, state: str) -> str:
    assert noun.steps is not None
    taken = noun.steps.step(name)
    for step in steps.allowed(noun, sight):
        asks = step.confirm or any(ask.required for ask in step.asks)
        if taken and taken.target in step.source and step.target == state and not asks:
            return step.name
    return ""


def _text(field: Field, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(field, Flag):
        return "1" if value else "0"
    return str(value) if isinstance(field, Link) else field.input(value, g.fmt)


def put_back(uow: UnitOfWork, noun: Noun, sight: Sight, name: str, key: Any) -> None:
    """Give a document the value of before; raises `Refused` where somebody has changed it since."""
    version, text = asked().get(str(key), (None, None))
    if not isinstance(version, int) or not isinstance(text, str):
        raise Refused(_("What it was before is not known."))
    entry = forms.parse(MultiDict({name: text}), noun, sight, g.fmt)
    if name in entry.errors:
        raise Refused(entry.errors[name])
    (document,) = documents.load(uow, noun, sight, [key])
    documents.save(
        uow, noun, sight, {name: entry.values.get(name)}, document=document, version=version
    )


def asked() -> dict[str, Any]:
    """What the button has sent; nothing where it cannot be read."""
    try:
        found = json.loads(request.form.get("_was", "{}"))
    except (ValueError, RecursionError):
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {key: pair for key, pair in pairs if isinstance(pair, list) and len(pair) == 2}
