"""What is done to documents with one press: steps, boards, bulk, deletion."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import g, make_response, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from dougong.approvals.guarding import NeedsApproval
from dougong.errors import DougongError, NotFound, Refused
from dougong.i18n import Text, _
from dougong.resources import documents, steps
from dougong.resources.declare import Kanban
from dougong.resources.documents.facts import key_of
from dougong.unit_of_work import UnitOfWork
from dougong.web.resources.common import (
    ask_instead,
    base_of,
    draw,
    find,
    go,
    house,
    key_from,
    pages,
    reading,
    require,
)
from dougong.web.rights import signed_in

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight

Answers = Mapping[Any, Text | str]

#: So many documents are taken along in one transaction; a longer selection goes in several.
PORTION, MOST = 100, 1000


@pages.post("/<plugin>/<slug>/<key>/steps/<name>")
@signed_in
def step(plugin: str, slug: str, key: str, name: str) -> ResponseReturnValue:
    """Take one document along a step."""
    noun, sight = find(plugin, slug)
    at, asked = key_from(noun, key), _asked(noun, name)
    target = f"{base_of(noun)}/{at}"
    try:
        house().run(g.actor, lambda uow: steps.run_one(uow, noun, sight, name, at, **asked))
    except NeedsApproval as refusal:
        target = ask_instead(refusal, at, target, **asked)
    return go(target)


def _asked(noun: Noun, name: str) -> dict[str, Any]:
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
        if noun.steps and board.by == noun.steps.field:
            found = noun.steps.between(getattr(document, board.by), lane)
            if found is None:
                raise Refused(_("No step leads there."))
            steps.run_one(uow, noun, sight, found.name, at)
        else:
            value = sight.fields[board.by].load(lane)
            documents.save(uow, noun, sight, {board.by: value}, document=document)

    house().run(g.actor, act)
    return "", 204


@pages.post("/<plugin>/<slug>/bulk")
@signed_in
def bulk(plugin: str, slug: str) -> ResponseReturnValue:
    """A step or a deletion on many documents, with an answer for each that was not done."""
    noun, sight = find(plugin, slug)
    keys = [key_from(noun, text) for text in request.form.getlist("id")[:MOST]]
    do = request.form.get("_do", "")
    verb, _colon, name = do.partition(":")
    if verb == "step":
        asked = _asked(noun, name)
        answers = _in_portions(
            keys, lambda uow, some: steps.run(uow, noun, sight, name, some, **asked)
        )
    elif do == "delete":
        require(sight.delete, noun, "delete")
        answers = _in_portions(keys, lambda uow, some: _delete_each(uow, noun, sight, some))
    else:
        raise NotFound(_("action"), do[:40])
    failed = [(key, why) for key, why in answers.items() if why]
    titles = _titles(noun, [key for key, _why in failed])
    told = [(key, titles.get(key, f"#{key}"), why) for key, why in failed]
    answer = make_response(
        draw("_bulk.html", noun, sight, done=len(answers) - len(failed), failed=told)
    )
    answer.headers["HX-Trigger"] = "dougong:refresh"
    return answer


def _in_portions(
    keys: Sequence[Any], act: Callable[[UnitOfWork, Sequence[Any]], Answers]
) -> dict[Any, Text | str]:
    answers: dict[Any, Text | str] = {}
    for start in range(0, len(keys), PORTION):
        some = keys[start : start + PORTION]
        try:
            answers |= house().run(g.actor, partial(_on, act, some))
        except Refused as refusal:
            answers |= dict.fromkeys(some, refusal.sentence)
    return answers


def _on(
    act: Callable[[UnitOfWork, Sequence[Any]], Answers], some: Sequence[Any], uow: UnitOfWork
) -> Answers:
    return act(uow, some)


def _delete_each(uow: UnitOfWork, noun: Noun, sight: Sight, keys: Sequence[Any]) -> Answers:
    """Each by itself: that one is needed elsewhere does not keep the others."""
    answers: dict[Any, Text | str] = {}
    for key in keys:

        def act(key: Any = key) -> None:
            _delete(uow, noun, sight, key)

        refusal = uow.attempt(act, errors=Exception)
        if refusal is None:
            answers[key] = ""
        elif isinstance(refusal, DougongError):
            answers[key] = refusal.sentence
        else:
            answers[key] = _("Other documents need this one; it cannot be deleted.")
    return answers


def _delete(uow: UnitOfWork, noun: Noun, sight: Sight, key: Any) -> None:
    documents.remove(uow, noun, sight, documents.load(uow, noun, sight, [key]))


def _titles(noun: Noun, keys: Sequence[Any]) -> dict[Any, str]:
    if not keys:
        return {}
    with reading() as session:
        column = key_of(noun.model)
        statement = select(column, getattr(noun.model, noun.title)).where(column.in_(keys))
        return {key: str(title) for key, title in session.execute(statement) if title}


@pages.post("/<plugin>/<slug>/<key>/delete")
@signed_in
def delete(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """Delete one document."""
    noun, sight = find(plugin, slug)
    require(sight.delete, noun, "delete")
    at = key_from(noun, key)
    house().run(g.actor, lambda uow: _delete(uow, noun, sight, at))
    return go(base_of(noun))
