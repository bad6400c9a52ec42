"""What is done to a document with one press: steps, boards, deletion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import g, request
from flask.typing import ResponseReturnValue

from dougong.approvals.guarding import NeedsApproval
from dougong.errors import NotFound, Refused
from dougong.i18n import _
from dougong.resources import documents, steps
from dougong.resources.declare import Kanban
from dougong.unit_of_work import UnitOfWork
from dougong.web.resources.common import (
    ask_instead,
    base_of,
    find,
    go,
    house,
    key_from,
    pages,
    require,
)
from dougong.web.rights import signed_in

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight


@pages.post("/<plugin>/<slug>/<key>/steps/<name>")
@signed_in
def step(plugin: str, slug: str, key: str, name: str) -> ResponseReturnValue:
    """Take one document along a step."""
    noun, sight = find(plugin, slug)
    at, asked = key_from(noun, key), asked_of(noun, name)
    target = f"{base_of(noun)}/{at}"

    def act(uow: UnitOfWork) -> str:
        (document,) = documents.load(uow, noun, sight, [at])
        since = getattr(document, noun.steps.field) if noun.steps else ""
        steps.run_one(uow, noun, sight, name, at, **asked)
        return str(since)

    try:
        target += f"?took={name}&since={house().run(g.actor, act)}"
    except NeedsApproval as refusal:
        target = ask_instead(refusal, at, target, **asked)
    return go(target)


def asked_of(noun: Noun, name: str) -> dict[str, Any]:
    """The answers to what the step wanted to know."""
    found = noun.steps.step(name) if noun.steps else None
    if found is None:
        raise NotFound(_("step"), name[:40])
    raw: dict[str, Any] = {}
    for ask in found.asks:
        text = request.form.get(ask.name, "")
        if ask.kind == "flag":
            raw[ask.name] = text == "1"
        elif ask.kind in ("quantity", "amount", "number"):
            raw[ask.name] = _number(text)
        else:
            raw[ask.name] = text
    return steps.read_asked(found, raw)


def _number(text: str) -> str:
    """A number as people of this language write it, as the step reads it."""
    try:
        return f"{g.fmt.to_decimal(text):f}"
    except ValueError:
        return text


@pages.post("/<plugin>/<slug>/<key>/move")
@signed_in
def move(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """A card was dragged: a step where the lane is a state, otherwise a change of one field."""
    noun, sight = find(plugin, slug)
    board = next((b for b in noun.resource.boards if isinstance(b, Kanban)), None)
    if board is None or not sight.sees(board.by):
        raise NotFound(_("board"), slug)
    lane, at = request.form.get("lane", ""), key_from(noun, key)

    def act(uow: UnitOfWork) -> None:
        (document,) = documents.load(uow, noun, sight, [at])
        if noun.resource.drag is not None:
            noun.resource.drag(uow, at, lane)
        elif noun.steps and board.by == noun.steps.field:
            found = noun.steps.between(getattr(document, board.by), lane)
            if found is None:
                raise Refused(_("No step leads there."))
            if any(ask.required for ask in found.asks):
                raise Refused(
                    _("“%(step)s” asks for something first: open the document.", step=found.label)
                )
            steps.run_one(uow, noun, sight, found.name, at)
        else:
            value = sight.fields[board.by].load(lane)
            documents.save(uow, noun, sight, {board.by: value}, document=document)

    house().run(g.actor, act)
    return "", 204


def delete_one(uow: UnitOfWork, noun: Noun, sight: Sight, key: Any) -> None:
    """Delete one document."""
    documents.remove(uow, noun, sight, documents.load(uow, noun, sight, [key]))


@pages.post("/<plugin>/<slug>/<key>/delete")
@signed_in
def delete(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """Delete one document."""
    noun, sight = find(plugin, slug)
    require(sight.delete, noun, "delete")
    at = key_from(noun, key)
    house().run(g.actor, lambda uow: delete_one(uow, noun, sight, at))
    return go(base_of(noun))
