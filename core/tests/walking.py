"""Walk through a house: every page there is, and every way that a page shows, as one person."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException

from dougong.reports.running import address_of
from dougong.web.rights import GUESTS, PUBLIC, SIGNED_IN, right_of

#: A key that no document has.
NOBODYS = "999999999"
#: What an address leaves open; where it names the choices, the first of them.
BLANK = re.compile(r"<(?:any\((?P<choice>\w+)[^>]*>|[^>]+>)")
DAYS = ("2026-01-01", "2026-12-31")
#: What is asked of a report's parameter, by its kind.
ASKED = {"flag": "1", "number": "1", "text": "a"}
#: What a button of a noun takes, by the endpoint it leads to; the others take to read.
TAKES = {
    "create": "create", "derive_new": "create", "quick": "create", "go_on": "create",
    "change": "write", "derive": "write", "move": "write", "delete": "delete",
}  # fmt: skip

#: A pattern that begins with one certain letter is found forty times as fast as one with `\b`.
_WAY = re.compile(r' (href|hx-get|data-link|hx-post|formaction|data-derive|data-quick)="([^"]*)"')
_LEADS = {"href", "hx-get", "data-link"}
_FORM = re.compile(r'<form\b[^>]*\bmethod="post"[^>]*>')
_FILE = re.compile(r"[./](csv|xlsx|json|pdf)$|/prints/")
_ACTION = re.compile(r'\baction="([^"]*)"')


def is_audited(noun: Any) -> bool:
    """Whether its history is kept, or that of its lines."""
    return noun.audited


def is_numbered(noun: Any) -> bool:
    """Whether its documents have a number for a key."""
    return noun.key == "id"


@dataclass(frozen=True)
class Page:
    """An address, the rights it takes, and what it may answer to those who have them."""

    path: str
    needs: tuple[str, ...] = ()
    codes: tuple[int, ...] = (200,)
    public: bool = False
    #: The noun that it shows.
    noun: Any = None


@dataclass
class Walk:
    """What somebody met: the answer of each page, and where the pages led."""

    codes: dict[str, int] = field(default_factory=dict)
    #: An address that a page shows, and the page.
    links: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, str] = field(default_factory=dict)


class Map:
    """The pages of an application, from its rules, with a document of each noun.

    A `thorough` one has the files, histories and trails of each noun as well, its groups and
    searches, and documents that are not there.
    """

    def __init__(
        self,
        app: Flask,
        keys: Mapping[str, Any],
        views: Mapping[str, int],
        *,
        thorough: bool = False,
    ) -> None:
        self.app, self.keys, self.views, self.thorough = app, keys, views, thorough
        self.runtime = app.extensions["dougong"]
        api = "/api/v1"
        self.ways: dict[str, Callable[[], Iterable[Page]]] = {
            "resources.index": self._lists,
            "resources.show": lambda: self._documents(""),
            "resources.tab": self._tabs,
            "resources.new": self._forms,
            "resources.open_view": self._views,
            "reports.index": lambda: self._departments(""),
            "reports.show": self._reports,
            "reports.api_index": lambda: self._departments(api),
            "reports.api_show": lambda: self._files(api, ""),
            "api.collection": lambda: self._plain("?size=5", root=api),
            "home.palette": lambda: self._words("/palette"),
            "api.find_everywhere": lambda: self._words(f"{api}/search"),
        }
        self.far: dict[str, Callable[[], Iterable[Page]]] = {
            "resources.history": lambda: self._documents("/history", is_audited),
            "resources.trail": lambda: self._documents("/trail", lambda noun: noun.document),
            "resources.notes": lambda: self._documents("/notes", is_numbered),
            "resources.files": lambda: self._documents("/files", is_numbered),
            "resources.send_file": lambda: self._documents("/files/1", lambda noun: False),
            "resources.begin": lambda: self._entries("/import"),
            "resources.template": lambda: self._entries("/import/template.xlsx"),
            "resources.export_pivot": self._pivots,
            "resources.export": lambda: self._plain("/export.xlsx"),
            "resources.keys": lambda: self._plain("/keys"),
            "resources.open_edit": lambda: self._changes("/bulk-edit"),
            "resources.open_cell": self._cells,
            "resources.open_filter": lambda: self._plain("/filter"),
            "resources.suggest": lambda: self._plain("/suggest?_q=a"),
            "resources.options": lambda: self._plain("/options?q=a"),
            "reports.export": lambda: self._files("", "/xlsx"),
            "printouts.choose": lambda: self._plain("/prints"),
            "reports.paper": lambda: self._files("", "/pdf"),
            "api.single": lambda: self._documents("", root=api),
            "documents.list_notes": lambda: self._documents("/notes", is_numbered, api),
            "documents.show_trail": lambda: self._documents("/trail", is_numbered, api),
            "printing.show": lambda: self._papers(""),
            "printing.show_several": lambda: (),
            "printing.api_index": lambda: self._documents("/prints", root=api),
            "printing.api_show": lambda: self._papers(api),
            # A second and two megabytes.
            "api.spec": lambda: [Page(f"{api}/openapi.json")],
        }

    def pages(self) -> list[Page]:
        """Every address that answers to GET."""
        found: list[Page] = []
        for rule in self.app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()):
                continue
            if way := self.ways.get(rule.endpoint) or self.far.get(rule.endpoint):
                found += way() if self.thorough or rule.endpoint in self.ways else ()
                continue
            right = right_of(self.app.view_functions[rule.endpoint])
            needs = () if right in (PUBLIC, SIGNED_IN, GUESTS, None) else (right,)
            codes = (404,) if rule.arguments else (200,)
            # What no way is told for is asked for what nobody has; links lead to what there is.
            path = BLANK.sub(lambda blank: blank["choice"] or NOBODYS, rule.rule)
            if rule.rule.startswith("/portal") and "token" not in rule.arguments:
                # For customers: a stranger is asked to sign in, and the people of the house stay out.
                found.append(Page(path, needs, (403,)))
                continue
            found.append(Page(path, needs, codes, public=right == PUBLIC))
        return found

    # -- nouns -------------------------------------------------------------------------------------

    def _nouns(self) -> Iterator[tuple[Any, str, str]]:
        for noun in self.runtime.nouns:
            yield noun, f"/{noun.plugin}/{noun.slug}", f"{noun.rights.name}.read"

    def _plain(self, *ends: str, root: str = "") -> Iterator[Page]:
        for noun, base, right in self._nouns():
            yield from (Page(f"{root}{base}{end}", (right,), noun=noun) for end in ends)

    def _lists(self) -> Iterator[Page]:
        for noun, base, right in self._nouns():
            yield Page(base, (right,), noun=noun)
            if self.thorough:
                asked = [f"board={board.kind}" for board in noun.resource.boards]
                asked += ["q=a", *(f"group={group}" for group in noun.groups[:1])]
                yield from (Page(f"{base}?{query}", (right,), noun=noun) for query in asked)

    def _entries(self, end: str) -> Iterator[Page]:
        for noun, base, right in self._nouns():
            # Where only reading is possible, nobody enters anything: not even whoever has all rights.
            codes, enter = (403,) if noun.rights.only_read else (200,), f"{noun.rights.name}.create"
            yield Page(base + end, (right, enter), codes, noun=noun)

    def _pivots(self) -> Iterator[Page]:
        for noun, base, right in self._nouns():
            yield Page(f"{base}/pivot.csv", (right,), (200, 404), noun=noun)

    def _changes(self, end: str) -> Iterator[Page]:
        for noun, base, right in self._nouns():
            codes, change = (403,) if noun.rights.only_read else (200,), f"{noun.rights.name}.write"
            yield Page(base + end, (right, change), codes, noun=noun)

    def _cells(self) -> Iterator[Page]:
        for noun, base, right in self._nouns():
            own = [n for n in noun.fields if n in noun.writable and not noun.fields[n].hops]
            if own and not noun.rights.only_read:
                change, key = f"{noun.rights.name}.write", self.keys[noun.name]
                address = f"{base}/{key}/cell/{own[0]}"
                yield Page(address, (right, change), (200, 404, 409), noun=noun)

    def _forms(self) -> Iterator[Page]:
        yield from self._entries("/new")
        for noun, base, right in self._nouns() if self.thorough else ():
            if not noun.rights.only_read and self.keys[noun.name] != NOBODYS:
                key, enter = self.keys[noun.name], f"{noun.rights.name}.create"
                yield Page(f"{base}/new?copy={key}", (right, enter), noun=noun)

    def _documents(
        self, end: str, has: Callable[[Any], object] = lambda noun: True, root: str = ""
    ) -> Iterator[Page]:
        for noun, base, right in self._nouns():
            there = (200, 404) if has(noun) else (404,)
            # A rule on records may keep this one from somebody who sees others.
            path = f"{root}{base}/{self.keys[noun.name]}{end}"
            yield Page(path, (right,), there, noun=noun)
            if self.thorough and is_numbered(noun) and not end:
                yield Page(f"{root}{base}/{NOBODYS}{end}", (right,), (404,), noun=noun)

    def _papers(self, root: str) -> Iterator[Page]:
        for paper in self.runtime.wiring.prints.values():
            noun = self.runtime.nouns.all[paper.resource]
            path = f"{root}/{noun.plugin}/{noun.slug}/{self.keys[noun.name]}/prints/{paper.name}"
            needs = (f"{noun.rights.name}.read", *([paper.needs] if paper.needs else []))
            # Of the first document there may be nothing to print yet.
            yield Page(path, needs, (200, 404, 409), noun=noun)

    def _tabs(self) -> Iterator[Page]:
        for noun, base, right in self._nouns():
            for tab in noun.tabs.values():
                needs = (right, tab.needs) if tab.needs else (right,)
                path = f"{base}/{self.keys[noun.name]}/{tab.name}"
                yield Page(path, needs, (200, 404), noun=noun)

    def _views(self) -> Iterator[Page]:
        for noun, base, right in self._nouns():
            if noun.name in self.views:
                yield Page(f"{base}/views/{self.views[noun.name]}", (right,), (303,))

    # -- reports and words -------------------------------------------------------------------------

    def _departments(self, root: str) -> Iterator[Page]:
        yield from (Page(f"{root}/{name}/reports") for name in self.runtime.wiring.plugins)

    def _reports(self) -> Iterator[Page]:
        for address, needs, report in self._each_report():
            yield Page(address, needs)
            yield Page(f"{address}?{self._chosen(report)}", needs)

    def _files(self, root: str, *ends: str) -> Iterator[Page]:
        for address, needs, report in self._each_report():
            for end in ends:
                yield Page(f"{root}{address}{end}?{self._chosen(report)}", needs)

    def _each_report(self) -> Iterator[tuple[str, tuple[str, ...], Any]]:
        for report in self.runtime.wiring.reports.values():
            yield address_of(report), (report.needs,) if report.needs else (), report

    def _chosen(self, report: Any) -> str:
        days, chosen = iter(DAYS), {}
        for parameter in report.parameters:
            if parameter.kind == "date":
                chosen[parameter.name] = next(days)
            elif parameter.kind == "choice":
                chosen[parameter.name] = list(parameter.choices)[-1]
            elif parameter.kind == "link":
                chosen[parameter.name] = str(self.keys[parameter.to])
            else:
                chosen[parameter.name] = ASKED[parameter.kind]
        return urlencode(chosen)

    def _words(self, path: str) -> Iterator[Page]:
        yield from (Page(path), Page(f"{path}?q=an"))

    # -- what a page offers ------------------------------------------------------------------------

    def may_press(self, actor: Any, path: str) -> bool:
        """Whether somebody may do what a button does, by what its address declares."""
        try:
            endpoint, known = self.app.url_map.bind("").match(path.partition("?")[0], method="POST")
        except HTTPException:
            return False
        right = right_of(self.app.view_functions[endpoint])
        if right not in (PUBLIC, SIGNED_IN, GUESTS):
            return right is not None and actor.may(right)
        if "slug" not in known:
            return True
        noun = self.runtime.nouns.all[f"{known['plugin']}.{known['slug']}"]
        sight, steps = noun.sight(actor.rights), noun.steps.steps if noun.steps else ()
        if endpoint == "resources.step":
            return any(s.name == known["name"] and actor.may(s.needs) for s in steps)
        if endpoint == "resources.bulk":
            # Whoever reads a document may follow it and plan what comes next.
            beside = noun.beside and sight.read
            return beside or sight.delete or sight.write or any(actor.may(s.needs) for s in steps)
        return bool(getattr(sight, TAKES.get(endpoint.partition(".")[2], "read")))


def walk(client: FlaskClient, pages: Iterable[Page]) -> Walk:
    """Ask for every page; keep its answer and the ways that it shows."""
    met = Walk()
    for page in pages:
        _look(client, page.path, met)
    return met


def follow(client: FlaskClient, met: Walk, most: int = 1) -> dict[str, int]:
    """Go where the pages led and nobody has been yet: to a few addresses of each shape."""
    seen: dict[str, int] = {}
    for path, code in met.codes.items():
        seen[_shape(path)] = max(seen.get(_shape(path), 0), most if code < 400 else 0)
    beyond = Walk()
    for path in met.links:
        shape = _shape(path)
        if most < 2 and _FILE.search(shape):
            continue  # whoever sees the page has its file: the thorough map asks for each
        if seen.get(shape, 0) < most:
            seen[shape] = seen.get(shape, 0) + 1
            _look(client, path, beyond)
    met.buttons.update(beyond.buttons)
    return beyond.codes


def _shape(path: str) -> str:
    """Addresses that differ in numbers only are of one shape."""
    return re.sub(r"\d+", "0", path.partition("?")[0])


def _look(client: FlaskClient, path: str, met: Walk) -> None:
    answer = client.get(path)
    met.codes[path] = answer.status_code
    if answer.mimetype != "text/html" or answer.status_code >= 400:
        return
    text = answer.get_data(as_text=True)
    ways = dict.fromkeys(_WAY.findall(text.replace("\n", " ")))
    for found in (found for said, found in ways if said in _LEADS):
        if target := _local("" if found.startswith("/") else path, found):
            met.links.setdefault(target, path)
    actions = [said[1] for form in _FORM.findall(text) if (said := _ACTION.search(form))]
    for found in (*(found for said, found in ways if said not in _LEADS), *actions):
        if target := _local(path, found):
            met.buttons.setdefault(target, path)


@lru_cache(maxsize=100_000)
def _local(path: str, found: str) -> str:
    """A way inside the house, as seen from a page; pictures and style sheets are none."""
    target = urlsplit(urljoin(path, html.unescape(found)))
    if target.scheme or target.netloc or target.path.startswith("/static/"):
        return ""
    return target.path + (f"?{target.query}" if target.query else "")
