"""The notes tab of a document: what colleagues wrote beside it."""

from __future__ import annotations

from flask import g, make_response, request
from flask.typing import ResponseReturnValue

from dougong.errors import Invalid, NotFound
from dougong.i18n import _
from dougong.notes.service import notes_on, take_back_note, write_note
from dougong.resources import documents
from dougong.resources.nouns import Noun
from dougong.resources.sight import Sight
from dougong.web.resources.beside import beside
from dougong.web.resources.common import base_of, draw, find, go, house, key_from, pages, reading
from dougong.web.resources.story import about
from dougong.web.rights import signed_in


@pages.get("/<plugin>/<slug>/<key>/notes")
@signed_in
def notes(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """The notes on a document, the newest first, and room for another."""
    noun, sight, at = _find(plugin, slug, key)
    return _draw(noun, sight, at)


@pages.post("/<plugin>/<slug>/<key>/notes")
@signed_in
def add_note(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """Write a note."""
    noun, sight, at = _find(plugin, slug, key)
    text = request.form.get("text", "")
    try:
        house().run(g.actor, lambda uow: write_note(uow, noun, at, text))
    except Invalid as error:
        answer = make_response(_draw(noun, sight, at, text, str(error.errors["text"])), 422)
        answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "body", "outerMorph"
        return answer
    return go(f"{base_of(noun)}/{at}/notes")


@pages.post("/<plugin>/<slug>/<key>/notes/<int:note>/take-back")
@signed_in
def take_back(plugin: str, slug: str, key: str, note: int) -> ResponseReturnValue:
    """Remove one's own note."""
    noun, _sight, at = _find(plugin, slug, key)
    house().run(g.actor, lambda uow: take_back_note(uow, noun, at, note))
    return go(f"{base_of(noun)}/{at}/notes")


def _find(plugin: str, slug: str, key: str) -> tuple[Noun, Sight, int]:
    noun, sight = find(plugin, slug)
    if noun.key != "id":
        raise NotFound(_("page"), request.path)
    return noun, sight, key_from(noun, key)


def _draw(noun: Noun, sight: Sight, key: int, text: str = "", wrong: str = "") -> str:
    with reading() as session:
        document = documents.get(session, noun, sight, key)
        facts = about(session, noun, document, "notes") | beside(session, noun, document)
        found = notes_on(session, noun, g.actor, key)
        facts |= {"told": found, "text": text, "wrong": wrong, "notes": len(found)}
        return draw("notes.html", noun, sight, **facts)
