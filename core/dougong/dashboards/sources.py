"""What a card points at: its name, the way to it, and why it cannot be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

from werkzeug.datastructures import MultiDict

from dougong.i18n import Text, _
from dougong.reports.running import address_of

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.dashboards.boards import CardFacts

#: What a card does not keep of a list's address: where in it somebody was.
PLACES = {"after", "before", "view", "size", "deep", "at", "month", "when", "zoom", "board"}
#: What shapes a graph and says nothing of which documents are meant.
SHAPE = {"rows", "cols", "sum", "show"}
#: What leads nowhere but to the list itself: a view that somebody begins with stays away.
EVERYTHING = "view=0"


def kept_query(query: str) -> str:
    """The part of an address that a card keeps."""
    pairs = parse_qsl(query.removeprefix("?"))
    return urlencode([(k, v) for k, v in pairs if k not in PLACES and not k.startswith("_")])


def arguments(query: str, *, without: set[str] | None = None) -> MultiDict[str, str]:
    """A kept query as a list reads it."""
    pairs = parse_qsl(query)
    return MultiDict([(k, v) for k, v in pairs if k not in (without or ())])


def found(runtime: Any, source: str, target: str) -> Any:
    """The noun, the report or the widget; None where there is none now."""
    if source == "list":
        return runtime.nouns.all.get(target)
    if source == "report":
        return runtime.wiring.reports.get(target)
    return next((w for w in runtime.wiring.widgets if w.name == target), None)


def needs(source: str, thing: Any) -> str:
    """The right without which it is not shown."""
    return f"{thing.rights.name}.read" if source == "list" else str(thing.needs)


def why_not(runtime: Any, actor: Actor, source: str, target: str) -> Text | None:
    """Why a card has no figure for this reader; None where it has one."""
    thing = found(runtime, source, target)
    if thing is None:
        plugin = target.partition(".")[0]
        if plugin != "core" and plugin not in runtime.wiring.plugins:
            return _("The module “%(name)s” is off. The card comes back with it.", name=plugin)
        return _("What this card showed is no longer there: %(name)s.", name=target)
    right = needs(source, thing)
    if right and not actor.may(right):
        return _("You need the right “%(right)s” to see this card.", right=right)
    return None


def title_of(runtime: Any, card: CardFacts) -> str:
    """What a card is called: by people, by its module, or as what it shows."""
    if card.title:
        return card.title
    board, _slash, name = card.shipped.partition("/")
    declared = runtime.wiring.dashboards.get(board)
    own = next((c for c in declared.cards if c.name == name), None) if declared else None
    thing = own or found(runtime, card.source, card.target)
    return str(thing.label) if thing is not None else card.target


def way_of(runtime: Any, card: CardFacts) -> str:
    """The address of exactly what the card is made of; empty where there is none."""
    thing = found(runtime, card.source, card.target)
    if thing is None:
        return ""
    if card.source == "report":
        return address_of(thing) + (f"?{card.query}" if card.query else "")
    if card.source == "widget":
        return widget_way(thing.to)
    if card.kind != "chart":
        return list_way(thing, card.query)
    shaped = arguments(card.query)
    shaped["board"] = "graph"
    if card.measure:
        shaped["sum"] = card.measure
    return f"/{thing.plugin}/{thing.slug}?{urlencode(list(shaped.items(multi=True)))}"


def list_way(noun: Any, query: str, more: dict[str, Any] | None = None) -> str:
    """The list with the conditions of a query and some more, without the shape of a graph."""
    kept = list(arguments(query, without=SHAPE | {"group"} if more else SHAPE).items(multi=True))
    pairs = [(k, v) for k, v in kept if k not in (more or {})] + list((more or {}).items())
    return f"/{noun.plugin}/{noun.slug}?{urlencode(pairs) or EVERYTHING}"


def widget_way(to: str) -> str:
    """A widget leads to a resource, to a page or nowhere."""
    if not to or to.startswith("/"):
        return to
    name, _mark, query = to.partition("?")
    plugin, _dot, slug = name.partition(".")
    return f"/{plugin}/{slug}" + (f"?{query}" if query else "")
