"""What every document has, whatever its plugin: a trail, and notes of colleagues."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, current_app, g, jsonify, request

from dougong.errors import NotFound
from dougong.events import DocumentRef
from dougong.i18n import _
from dougong.links.queries import as_json, trail
from dougong.notes.models import Note
from dougong.notes.service import notes_on, take_back_note, write_note
from dougong.resources import documents
from dougong.unit_of_work import Answer, House, UnitOfWork
from dougong.web.bodies import Body, takes
from dougong.web.calls import act_once, to_answer
from dougong.web.rights import signed_in

pages = Blueprint("documents", __name__, url_prefix="/api/v1/<plugin>/<slug>/<int:key>")


class NewNote(Body):
    """What a colleague writes."""

    text: str


@pages.get("/trail")
@signed_in
def show_trail(plugin: str, slug: str, key: int) -> Response:
    """The documents this one came from and those it led to."""
    noun = _noun(plugin, slug)
    with _house().read(g.actor) as session:
        documents.get(session, noun, noun.sight(g.actor.rights), key)
        here = DocumentRef(noun.document or noun.name, key)
        found = trail(session, current_app.extensions["dougong"].nouns, g.actor, here)
        return jsonify(as_json(found))


@pages.get("/notes")
@signed_in
def list_notes(plugin: str, slug: str, key: int) -> Response:
    """The notes on a document, the newest first."""
    noun = _noun(plugin, slug)
    with _house().read(g.actor) as session:
        found = notes_on(session, noun, g.actor, key)
        return jsonify(items=[_told(note) for note in found])


@pages.post("/notes")
@signed_in
@takes(NewNote)
def add_note(plugin: str, slug: str, key: int, body: NewNote) -> Response:
    """Write a note: ``{"text": …}``."""
    noun = _noun(plugin, slug)

    def act(uow: UnitOfWork) -> Answer:
        note = write_note(uow, noun, key, body.text)
        return to_answer(_told(note), 201)

    return act_once(act)


@pages.delete("/notes/<int:note>")
@signed_in
def remove_note(plugin: str, slug: str, key: int, note: int) -> Response:
    """Take one's own note back."""
    noun = _noun(plugin, slug)

    def act(uow: UnitOfWork) -> Answer:
        take_back_note(uow, noun, key, note)
        return Answer(204, "")

    return act_once(act)


def _house() -> House:
    house: House = current_app.extensions["dougong"].house
    return house


def _noun(plugin: str, slug: str) -> Any:
    nouns = current_app.extensions["dougong"].nouns
    noun = nouns.get(f"{plugin}.{slug}") if nouns is not None else None
    if noun is None or noun.key != "id":
        raise NotFound(_("page"), request.path)
    return noun


def _told(note: Note) -> dict[str, Any]:
    return {
        "id": note.id,
        "text": note.text,
        "author": note.author,
        "written_at": note.written_at.isoformat(),
        "mine": note.user_id == g.actor.user_id,
    }
