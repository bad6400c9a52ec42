"""Many documents at once: which ones a list finds, one field of all of them, and an answer for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from flask import g, make_response, request
from flask.typing import ResponseReturnValue

from dougong.errors import DougongError, Invalid, NotFound, Refused
from dougong.i18n import Text, _
from dougong.resources import documents, lists, steps
from dougong.resources.titles import names
from dougong.unit_of_work import UnitOfWork
from dougong.web.resources import forms, undoing
from dougong.web.resources.common import draw, find, house, key_from, pages, reading, require
from dougong.web.resources.many import act_beside
from dougong.web.resources.moves import asked_of, delete_one
from dougong.web.rights import signed_in

if TYPE_CHECKING:
    from dougong.resources.fields import Field
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight

Answers = Mapping[Any, Text | str]

#: So many documents are taken along in one transaction; a longer selection goes in several.
PORTION, MOST = 100, 1000
#: So many a press can choose; the page sends them a portion at a time and shows how far it is.
MOST_FOUND = 5000


@pages.get("/<plugin>/<slug>/keys")
@signed_in
def keys(plugin: str, slug: str) -> ResponseReturnValue:
    """The keys of all documents that the list finds, for a choice that is longer than its page."""
    _noun, sight = find(plugin, slug)
    query = lists.parse(request.args, sight)
    query.columns, query.cursor, query.size = [], None, MOST_FOUND
    with reading() as session:
        found, following, _before = lists.rows(session, query)
    return {"keys": [row[0] for row in found], "more": bool(following), "most": MOST_FOUND}


@pages.get("/<plugin>/<slug>/bulk-edit")
@signed_in
def open_edit(plugin: str, slug: str) -> ResponseReturnValue:
    """The dialog that asks which field gets which value."""
    noun, sight = find(plugin, slug)
    require(sight.write, noun, "write")
    fields = editable(sight)
    name = request.args.get("field") or next(iter(fields), "")
    if name and name not in fields:
        raise NotFound(_("field"), name[:60])
    entry = forms.FormEntry(noun, sight, g.fmt)
    return draw("_bulk_edit.html", noun, sight, entry=entry, fields=fields, chosen=fields.get(name))


def editable(sight: Sight) -> dict[str, Field]:
    """The fields that many documents may have in common."""
    own = sight.writable_own.items()
    return {n: f for n, f in own if n != sight.noun.identity and not f.column.unique}


@pages.post("/<plugin>/<slug>/bulk")
@signed_in
def bulk(plugin: str, slug: str) -> ResponseReturnValue:
    """A step, a change or a deletion on many documents, with an answer for each that was not done."""
    noun, sight = find(plugin, slug)
    chosen = [key_from(noun, text) for text in request.form.getlist("id")[:MOST]]
    do = request.form.get("_do", "")
    was = undoing.before(noun, sight, do, chosen)
    answers = _in_portions(chosen, _act(noun, sight, do))
    failed = [(key, why) for key, why in answers.items() if why]
    titles = _titles(noun, [key for key, _why in failed])
    told = [(key, titles.get(key, f"#{key}"), str(why)) for key, why in failed]
    done = len(answers) - len(failed)
    undo = undoing.way_back(noun, sight, do, was, [key for key, why in answers.items() if not why])
    if request.accept_mimetypes.best == "application/json":
        return {"done": done, "failed": told, "undo": undo}
    answer = make_response(draw("_bulk.html", noun, sight, done=done, failed=told, undo=undo))
    answer.headers["HX-Trigger"] = "dougong:refresh"
    return answer


def _act(noun: Noun, sight: Sight, do: str) -> Callable[[UnitOfWork, Sequence[Any]], Answers]:
    """What is to be done with a portion."""
    verb, _colon, name = do.partition(":")
    if verb == "step":
        asked = asked_of(noun, name)
        return lambda uow, some: steps.run(uow, noun, sight, name, some, **asked)
    if verb == "edit" and name in editable(sight):
        require(sight.write, noun, "write")
        given = _given(noun, sight, name)
        return lambda uow, some: _each(uow, some, partial(_change, uow, noun, sight, given))
    if verb == "undo" and name in editable(sight):
        require(sight.write, noun, "write")
        return lambda uow, some: _each(uow, some, partial(undoing.put_back, uow, noun, sight, name))
    if do == "delete":
        require(sight.delete, noun, "delete")
        return lambda uow, some: _each(uow, some, partial(delete_one, uow, noun, sight))
    if (beside := act_beside(noun, do)) is not None:
        return lambda uow, some: _whole(uow, some, beside)
    raise NotFound(_("action"), do[:40])


def _given(noun: Noun, sight: Sight, name: str) -> dict[str, Any]:
    """The value that all get; raises when it cannot be read."""
    entry = forms.parse(request.form, noun, sight, g.fmt)
    if name in entry.errors:
        raise Refused(entry.errors[name])
    return {name: entry.values.get(name)}


def _change(uow: UnitOfWork, noun: Noun, sight: Sight, given: Mapping[str, Any], key: Any) -> None:
    (document,) = documents.load(uow, noun, sight, [key])
    documents.save(uow, noun, sight, given, document=document)


def _in_portions(
    chosen: Sequence[Any], act: Callable[[UnitOfWork, Sequence[Any]], Answers]
) -> dict[Any, Text | str]:
    answers: dict[Any, Text | str] = {}
    for start in range(0, len(chosen), PORTION):
        some = chosen[start : start + PORTION]
        try:
            answers |= house().run(g.actor, partial(_on, act, some))
        except Refused as refusal:
            answers |= dict.fromkeys(some, refusal.sentence)
    return answers


def _on(
    act: Callable[[UnitOfWork, Sequence[Any]], Answers], some: Sequence[Any], uow: UnitOfWork
) -> Answers:
    return act(uow, some)


def _each(uow: UnitOfWork, chosen: Sequence[Any], act: Callable[[Any], None]) -> Answers:
    """Each by itself: what one refuses does not keep the others."""
    answers: dict[Any, Text | str] = {}
    for key in chosen:
        refusal = uow.attempt(partial(act, key), errors=Exception)
        answers[key] = "" if refusal is None else reason_of(refusal)
    return answers


def reason_of(refusal: Exception) -> Text | str:
    """Why one document was not changed, in a sentence."""
    if isinstance(refusal, Invalid) and refusal.errors:
        return next(iter(refusal.errors.values()))
    if isinstance(refusal, DougongError):
        return refusal.sentence
    return _("Other documents need this one; it cannot be deleted.")


def _titles(noun: Noun, chosen: Sequence[Any]) -> dict[Any, str]:
    if not chosen:
        return {}
    with reading() as session:
        return names(session, noun, noun.sight(g.actor.rights), chosen, g.fmt)


def _whole(
    uow: UnitOfWork, chosen: Sequence[Any], act: Callable[[UnitOfWork, Sequence[Any]], None]
) -> Answers:
    """All at once; where one refuses it, each by itself."""
    if uow.attempt(lambda: act(uow, chosen)) is None:
        return dict.fromkeys(chosen, "")
    return _each(uow, chosen, lambda key: act(uow, [key]))
