"""What someone wants to see of a noun, checked against what they may see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dougong.errors import BadQuery
from dougong.i18n import _
from dougong.resources import filters
from dougong.resources.fields import Field
from dougong.resources.lists import cursors

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight

SIZES = (20, 40, 80, 200)
MOST_SIZE, MOST_SORTS, MOST_LETTERS, MOST_LEVELS = 200, 4, 200, 3


@dataclass
class Query:
    """Columns, order, conditions and the page."""

    sight: Sight
    columns: list[Field]
    #: Fields with whether they go down.
    sort: list[tuple[Field, bool]]
    nodes: list[filters.Node]
    q: str = ""
    cursor: list[Any] | None = None
    backwards: bool = False
    size: int = 80
    #: What it is grouped by, the outermost first: ``customer``, ``ordered_on:month``.
    group: tuple[str, ...] = ()

    @property
    def noun(self) -> Noun:
        """The noun that is asked for."""
        return self.sight.noun


def parse(args: Any, sight: Sight, *, size: int = 80, strict: bool = False) -> Query:
    """Read the parameters of a list (a MultiDict); raises `BadQuery` for what is not there.

    The API is ``strict``: an empty parameter is a mistake, not an empty input of a page.
    """
    nodes = filters.from_url(args, sight, strict=strict)
    text = args.get("filter")
    if text or (strict and text is not None):
        nodes.append(filters.from_json(text, sight))
    if args.get("related"):
        nodes.append(filters.related(args["related"]))
    query = Query(sight, _columns(args, sight), _sort(args, sight, strict), nodes, size=size)
    query.q = _words(args, strict)
    if args.get("size") or (strict and "size" in args):
        query.size = _size(args["size"])
    query.group = _group(args, sight)
    after, before = args.get("after") or "", args.get("before") or ""
    if after or before or (strict and "after" in args):
        query.cursor = cursors.unseal(after or before, [field for field, _down in query.sort])
        query.backwards = not after
    return query


def _columns(args: Any, sight: Sight) -> list[Field]:
    names = [n for n in (args.get("columns") or "").split(",") if n]
    names = names or sight.names(sight.noun.columns)
    fields = sight.queryable
    for name in names:
        if name not in fields or fields[name].many:
            raise BadQuery(_("There is no column %(name)s.", name=name[:60]))
    return [fields[name] for name in names]


def _sort(args: Any, sight: Sight, strict: bool) -> list[tuple[Field, bool]]:
    asked = args.get("sort") or (args["sort"] if strict and "sort" in args else None)
    wanted = sight.noun.resource.sort if asked is None else asked
    found: list[tuple[Field, bool]] = []
    for part in wanted.split(",")[:MOST_SORTS]:
        name = part.lstrip("-")
        field = sight.queryable.get(name)
        if field is not None and field.sortable and not field.many:
            found.append((field, part.startswith("-")))
        elif asked is not None:
            raise BadQuery(_("This list cannot be sorted by %(name)s.", name=name[:60]))
    return found


def _words(args: Any, strict: bool) -> str:
    text = args.get("q") or ""
    if strict and len(text) > MOST_LETTERS:
        raise BadQuery(_("At most %(max_length)s characters.", max_length=MOST_LETTERS))
    return str(text.strip()[:MOST_LETTERS].replace("\x00", ""))


def _size(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or not 1 <= int(text[:6]) <= MOST_SIZE:
        raise BadQuery(_("size is 1 to %(most)s.", most=MOST_SIZE))
    return int(text)


def _group(args: Any, sight: Sight) -> tuple[str, ...]:
    given = [name for part in args.getlist("group") for name in part.split(",") if name]
    for name in given:
        if not sight.sees(name) or name not in sight.noun.groups:
            raise BadQuery(_("This list cannot be grouped by %(name)s.", name=name[:60]))
    return tuple(dict.fromkeys(given))[:MOST_LEVELS]
