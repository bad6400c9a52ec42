"""Tags on the page of a document, for many at once, and merged."""

from __future__ import annotations

from typing import Any

from flask import g, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from dougong.errors import Invalid
from dougong.i18n import _
from dougong.keys import whole
from dougong.resources.documents.beside import readers
from dougong.tags.models import Tag
from dougong.tags.service import (
    merge_tags,
    tag_documents,
    tag_documents_with,
    tags_like,
    untag_documents,
)
from dougong.unit_of_work import UnitOfWork
from dougong.web.resources.common import (
    draw,
    find,
    find_document,
    go,
    house,
    pages,
    reading,
    require,
)
from dougong.web.resources.together import changed
from dougong.web.rights import needs, signed_in

#: Tags offered where one is chosen for many, or merged with another.
MANY = 200


@pages.post("/<plugin>/<slug>/<key>/tag")
@signed_in
def add_tag(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """Put a tag on it: a known one, or a name that was typed."""
    noun, sight, at = find_document(plugin, slug, key)
    known, name = whole(request.form.get("tag", "")), request.form.get("name", "")

    def act(uow: UnitOfWork) -> Any:
        if known is not None:
            return tag_documents_with(uow, noun, [at], known)
        return tag_documents(uow, noun, [at], name)

    return changed(noun, sight, at, act)


@pages.post("/<plugin>/<slug>/<key>/untag")
@signed_in
def drop_tag(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """Take a tag off it."""
    noun, sight, at = find_document(plugin, slug, key)
    known = whole(request.form.get("tag", "")) or 0
    return changed(noun, sight, at, lambda uow: untag_documents(uow, noun, [at], known))


@pages.get("/<plugin>/<slug>/<key>/tag-options")
@signed_in
def tag_options(plugin: str, slug: str, key: str) -> ResponseReturnValue:
    """Tags that are called so."""
    noun, _sight, _at = find_document(plugin, slug, key)
    text = request.args.get("q", "").strip()[:40].replace("\x00", "")
    with reading() as session:
        found = tags_like(session, noun, text)
    exact = any(name.casefold() == text.casefold() for _id, name, _colour in found)
    listbox = request.args.get("list", "")[:60]
    return render_template(
        "resource/_tag_options.html", found=found, listbox=listbox, new="" if exact else text
    )


@pages.get("/<plugin>/<slug>/tag-names")
@signed_in
def tag_names(plugin: str, slug: str) -> ResponseReturnValue:
    """All tags of the department, for the filter of a list."""
    noun, _sight = find(plugin, slug)
    with reading() as session:
        found = tags_like(session, noun, most=MANY)
    return render_template("resource/_tag_names.html", found=found)


@pages.get("/<plugin>/<slug>/people")
@signed_in
def colleagues(plugin: str, slug: str) -> ResponseReturnValue:
    """People who may read documents of this kind at all, for many at once."""
    noun, _sight = find(plugin, slug)
    text = request.args.get("q", "").strip()[:60].replace("\x00", "")
    with reading() as session:
        found = readers(session, noun, g.actor, [], text)
    listbox = request.args.get("list", "")[:60]
    return render_template("resource/_people.html", found=found, listbox=listbox)


@pages.get("/<plugin>/<slug>/bulk-tags")
@signed_in
def open_bulk_tags(plugin: str, slug: str) -> ResponseReturnValue:
    """The dialog that puts a tag on all that are chosen, or takes one off."""
    noun, sight = find(plugin, slug)
    require(g.actor.may(f"{noun.rights.name}.write"), noun, "write")
    with reading() as session:
        found = tags_like(session, noun, most=MANY)
    return draw("_bulk_tags.html", noun, sight, found=found)


@pages.get("/core/tags/<int:key>/merge")
@needs("core.tag.delete")
def open_merge(key: int) -> ResponseReturnValue:
    """The dialog that asks with which tag it is merged."""
    with house().look(g.actor) as uow:
        tag = uow.get(Tag, key)
        others = [one for one in _tags(uow, tag.family) if one.id != key]
        return render_template("resource/_merge.html", tag=tag, others=others)


@pages.post("/core/tags/<int:key>/merge")
@needs("core.tag.delete")
def merge(key: int) -> ResponseReturnValue:
    """It stands wherever the other one stood."""
    into = whole(request.form.get("into", ""))
    if into is None or into == key:
        raise Invalid({"into": _("Choose another tag.")})
    house().run(g.actor, lambda uow: merge_tags(uow, [key], into))
    return go(f"/core/tags/{into}")


def _tags(uow: UnitOfWork, family: str) -> list[Tag]:
    question = select(Tag).where(Tag.family == family).order_by(Tag.key).limit(1000)
    return list(uow.session.scalars(question))
