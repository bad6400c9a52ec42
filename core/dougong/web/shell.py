"""The frame around every page: menu, language, theme, and the words templates may use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from flask import Flask, current_app, g, request, url_for
from jinja2 import pass_context
from jinja2.runtime import Context
from sqlalchemy import select

from dougong.companies.models import Company
from dougong.i18n import LANGUAGES, Text, language, listed, pgettext
from dougong.reports.menu import report_entries
from dougong.web import charts, languages
from dougong.web.formatting import fmt
from dougong.web.outside import home_of_guests
from dougong.web.static import icon, static_url

THEMES = ("light", "dark")


@dataclass(frozen=True)
class Entry:
    """A line of the side menu that leads somewhere."""

    label: Text | str
    url: str
    icon: str
    needs: str

    def holds(self, path: str) -> bool:
        """Whether a page belongs to this entry."""
        return path == self.url or path.startswith(f"{self.url}/")


@dataclass(frozen=True)
class Group:
    """A heading of the side menu with what stands under it."""

    key: str
    label: Text | str
    icon: str
    entries: tuple[Entry, ...]

    def holds(self, path: str) -> bool:
        """Whether a page belongs to one of its entries."""
        return any(entry.holds(path) for entry in self.entries)


def furnish(app: Flask) -> None:
    """Give templates their globals, and sort the menu once."""
    app.jinja_env.globals.update(
        _=_translate,
        ngettext=_count,
        pgettext=_distinguish,
        listed=listed,
        comma=lambda: str(pgettext("between the words of a list", ", ")),
        colon=lambda: str(pgettext("before what is said of it", ": ")),
        icon=icon,
        static_url=static_url,
        picture=charts.picture,
        chart_of=charts.of_facts,
        with_query=with_query,
        has_page=lambda endpoint: endpoint in current_app.view_functions,
    )
    app.jinja_env.globals.setdefault("csrf_token", lambda: "")
    app.context_processor(_shared)
    with app.test_request_context():
        app.extensions["menu"] = sort_menu(app.extensions["dougong"])


@pass_context
def _translate(context: Context, message: str, **facts: object) -> str:
    """Templates write ``{{ _("Save") }}``."""
    return str(Text(message, facts, domain=_writer(context)))


@pass_context
def _count(context: Context, one: str, many: str, number: int, **facts: object) -> Text:
    facts = {"number": number, **facts}
    return Text(one, facts, many, number, domain=_writer(context))


@pass_context
def _distinguish(context: Context, where: str, message: str, **facts: object) -> Text:
    return Text(message, facts, context=where, domain=_writer(context))


def _writer(context: Context) -> str:
    """The package of a template: ``crm/orders/form.html`` is dougong_crm's."""
    plugins = current_app.extensions["dougong"].wiring.plugins
    plugin = plugins.get((context.name or "").partition("/")[0])
    return type(plugin).__module__.partition(".")[0] if plugin is not None else "dougong"


def _shared() -> dict[str, Any]:
    theme = request.cookies.get("theme", "")
    return {
        "actor": g.get("actor"),
        "looker": g.get("looker"),
        "fmt": fmt(),
        "menu": menu_for(g.get("actor")),
        "companies": companies_of(g.get("actor")),
        "lang": languages.TAGS[language()],
        "languages": LANGUAGES,
        "theme": theme if theme in THEMES else "light",
        "dense": request.cookies.get("dense") == "1",
        "path": request.path,
        "closed": _closed(),
        "home": _home(),
    }


def _home() -> str:
    """Where people from outside begin; everybody else begins at the home page."""
    start = home_of_guests()
    guest = g.get("actor") is not None and g.actor.guest
    return start if guest or request.path.startswith(f"{start}/") else "/"


def _closed() -> list[str] | None:
    """The headings somebody has folded; None as long as they have folded and opened none."""
    given = request.cookies.get("closed")
    return None if given is None else given.split(".")


def companies_of(actor: Any) -> list[tuple[int, str]]:
    """The companies somebody may work in, by name; asked for only where there is a choice."""
    if actor is None or len(actor.companies) < 2:
        return []
    with current_app.extensions["dougong"].house.read(actor) as session:
        statement = select(Company.id, Company.name).where(Company.id.in_(actor.companies))
        return [(id, name) for id, name in session.execute(statement.order_by(Company.name))]


def menu_for(actor: Any) -> list[Group]:
    """The groups that someone may open something of."""
    if actor is None:
        return []
    shown = []
    for group in current_app.extensions["menu"]:
        mine = tuple(e for e in group.entries if not e.needs or actor.may(e.needs))
        if mine:
            shown.append(Group(group.key, group.label, group.icon, mine))
    return shown


def sort_menu(runtime: Any) -> list[Group]:
    """From the plugins' entries to headings and lines, in order; what leads nowhere is left out."""
    items = sorted([*runtime.wiring.menus, *report_entries(runtime.wiring)], key=lambda i: i.order)
    groups: list[Group] = []
    for heading in (i for i in items if not i.parent):
        below = [i for i in items if i.parent == heading.key]
        lines = ([heading] if heading.to else []) + below
        entries = tuple(e for i in lines if (e := _entry(runtime, i)) is not None)
        groups.append(Group(heading.key, heading.label, heading.icon, entries))
    return groups


def _entry(runtime: Any, item: Any) -> Entry | None:
    noun = runtime.nouns.all.get(item.to)
    if noun is not None:
        needs = item.needs or f"{noun.rights.name}.read"
        return Entry(item.label, f"/{noun.plugin}/{noun.slug}", item.icon, needs)
    report = runtime.wiring.reports.get(item.to)
    if report is not None:
        plugin, _dot, name = report.name.partition(".")
        return Entry(item.label, f"/{plugin}/reports/{name}", item.icon, item.needs or report.needs)
    if item.to.startswith("/"):
        return Entry(item.label, item.to, item.icon, item.needs)
    if item.to in current_app.view_functions:
        return Entry(item.label, url_for(item.to), item.icon, item.needs)
    return None


def with_query(**changes: Any) -> str:
    """This page's query with some parts changed; None or an empty text takes a part out."""
    kept = [
        (key, value)
        for key, value in request.args.items(multi=True)
        if key not in changes and value and not key.startswith("_")
    ]
    pairs = kept + [(key, value) for key, value in changes.items() if value not in (None, "")]
    return urlencode(pairs)
