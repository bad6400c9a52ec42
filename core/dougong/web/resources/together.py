"""Following a document, its tags, and who may be mentioned: small parts of its page, drawn anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g, render_template, request
from flask.typing import ResponseReturnValue

from dougong.following.service import follow, unfollow
from dougong.keys import whole
from dougong.resources import documents
from dougong.resources.documents.beside import readers
from dougong.resources.nouns import Noun
from dougong.resources.sight import Sight
from dougong.unit_of_work import UnitOfWork
from dougong.web.resources.beside import counts
from dougong.web.resources.common import (
    draw,
    find_document,
    house,
    pages,
    reading,
)
from dougong.web.rights import signed_in


@pages.post("/<plugin>/<slug>/<key>/follow")
@signed_in
def follow_document(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """Follow, or let somebody follow."""
    noun, sight, at = find_document(plugin, slug, key)
    who = whole(request.form.get("user", ""))
    return changed(noun, sight, at, lambda uow: follow(uow, noun, at, who))


@pages.post("/<plugin>/<slug>/<key>/unfollow")
@signed_in
def unfollow_document(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """Follow no longer, or take somebody off."""
    noun, sight, at = find_document(plugin, slug, key)
    who = whole(request.form.get("user", ""))
    return changed(noun, sight, at, lambda uow: unfollow(uow, noun, at, who))


@pages.get("/<plugin>/<slug>/<key>/people")
@signed_in
def people(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """People who may read the document and are called so."""
    noun, sight, at = find_document(plugin, slug, key)
    text = request.args.get("q", "").strip()[:60].replace("\x00", "")
    with reading() as session:
        documents.get(session, noun, sight, at)
        found = readers(session, noun, g.actor, [at], text)
    listbox = request.args.get("list", "")[:60]
    return render_template("resource/_people.html", found=found, listbox=listbox)


def changed(
    noun: Noun, sight: Sight, at: int, act: Callable[[UnitOfWork], Any]
) -> ResponseReturnValue:
    """Do it, and draw this part of the page as it is now."""
    house().run(g.actor, act)
    return drawn(noun, sight, at)


def drawn(noun: Noun, sight: Sight, at: int) -> str:
    """The part of a document's page that says who works with it how."""
    with reading() as session:
        document = documents.get(session, noun, sight, at)
        facts = counts(session, noun, document)
        return draw("_together.html", noun, sight, document=document, key=at, **facts)
