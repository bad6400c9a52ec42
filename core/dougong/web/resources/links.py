"""What a link field offers while somebody types, and a new document made from its name alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from flask import g, request
from flask.typing import ResponseReturnValue
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from dougong.errors import Refused
from dougong.i18n import _
from dougong.resources import documents
from dougong.resources.declare import Kanban
from dougong.resources.documents.facts import key_of
from dougong.resources.problems import sentence
from dougong.unit_of_work import UnitOfWork
from dougong.web.resources.common import draw, find, house, pages, reading, require
from dougong.web.rights import signed_in

if TYPE_CHECKING:
    from dougong.resources.sight import Sight

FEW, LONGEST = 12, 80


def named_like(session: Session, sight: Sight, text: str, most: int = FEW) -> Sequence[Any]:
    """Documents whose name or one of whose codes holds the text: (key, title, code), best first."""
    noun = sight.noun
    names = [n for n in dict.fromkeys((noun.title, noun.identity)) if n != "id" and sight.sees(n)]
    names += [n for n in noun.resource.codes if "." not in n and n not in names and sight.sees(n)]
    columns = [getattr(noun.model, n) for n in names]
    words = [c for c in columns if c.type.python_type is str]
    key, title = key_of(noun.model), getattr(noun.model, noun.title)
    code = columns[1] if len(columns) > 1 else title
    statement = select(key, title, code)
    if text:
        statement = statement.where(
            or_(False, *(c.icontains(text, autoescape=True) for c in words))
        )
    if noun.resource.rule:
        statement = statement.where(noun.resource.rule(noun.model))
    if "active" in noun.mapper.columns:
        statement = statement.where(noun.model.active)
    if text and title.type.python_type is str:
        begins = title.istartswith(text, autoescape=True)
        statement = statement.order_by(begins.desc(), func.length(title))
    return session.execute(statement.order_by(title).limit(most)).all()


@pages.get("/<plugin>/<slug>/options")
@signed_in
def options(plugin: str, slug: str) -> ResponseReturnValue:
    """Documents to choose from."""
    noun, sight = find(plugin, slug)
    text = request.args.get("q", "").strip()[:LONGEST].replace("\x00", "")
    with reading() as session:
        found = named_like(session, sight, text)
    exact = any(str(title).casefold() == text.casefold() for _key, title, _code in found)
    new = text if text and not exact and may_create_by_name(sight) else ""
    listbox = request.args.get("list", "")[:120]
    # A filter chooses among what is there; only a form may want something new.
    making = request.args.get("make") == "1"
    begin = dict(parse_qsl(request.args.get("begin", "")[:500])) if making else {}
    began = {name: value for name, value in begin.items() if name in sight.writable}
    return draw("_options.html", noun, sight, found=found, quick=new if making else "",
                full=making and sight.create, begin=_begin(sight, text) | began, began=began,
                listbox=listbox,
                more=len(found) == FEW)  # fmt: skip


def _begun(sight: Sight) -> dict[str, Any]:
    """What the form that a new document is made from says of it."""
    try:
        return {
            n: sight.writable[n].load(v) for n, v in request.args.items() if n in sight.writable
        }
    except ValueError as error:
        raise Refused(sentence(str(error))) from None


def _begin(sight: Sight, text: str) -> dict[str, str]:
    """What the full form begins with when a name was typed already."""
    title = sight.noun.title
    return {title: text} if text and title in sight.writable else {}


def may_create_by_name(sight: Sight, lane: str = "") -> bool:
    """Whether a name is all that a new document needs, beside the field by whose lanes it stands."""
    known = {sight.noun.title, sight.noun.identity, lane}
    needed = (f for f in sight.writable.values() if f.required and f.name not in known)
    return sight.create and all(f.column.default is not None for f in needed)


@pages.post("/<plugin>/<slug>/quick")
@signed_in
def quick(plugin: str, slug: str) -> ResponseReturnValue:
    """Make a document from its name."""
    noun, sight = find(plugin, slug)
    require(sight.create, noun, "create")
    text, lane = request.form.get("text", "").strip(), request.form.get("lane", "")
    board = next((b for b in noun.resource.boards if isinstance(b, Kanban)), None)
    by = board.by if lane and board is not None else ""
    if not text or not may_create_by_name(sight, by):
        raise Refused(_("This needs more than a name; open its own form."))
    given: dict[str, Any] = {noun.title: text, **_begun(sight)}
    if by in sight.writable:
        given[by] = sight.fields[by].load(lane)
    if noun.identity not in ("id", noun.title, noun.key) and noun.identity in sight.writable:
        given[noun.identity] = text[: sight.writable[noun.identity].length]

    def act(uow: UnitOfWork) -> Any:
        return getattr(documents.save(uow, noun, sight, given), noun.key)

    return {"id": house().run(g.actor, act), "label": text}
