"""Files in and out: the list as seen, and the import wizard.

The wizard keeps nothing between its steps: the file stays in the browser's form and is sent along
each time, so that any worker can answer.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from flask import Response, g, request
from flask.typing import ResponseReturnValue

from dougong import spreadsheets
from dougong.errors import NotFound, Refused
from dougong.i18n import Text, _
from dougong.resources import exchange, lists
from dougong.resources.exchange.exporting import write
from dougong.resources.titles import titles
from dougong.web.resources.common import base_of, draw, find, go, house, pages, reading, require
from dougong.web.rights import signed_in

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight

TYPES = {**spreadsheets.TYPES, "json": "application/json"}
#: The mapping used last is found again under this name.
LAST = "last"
SAMPLES, MOST_SHOWN = 3, 100


@pages.get("/<plugin>/<slug>/export.<kind>")
@signed_in
def export(plugin: str, slug: str, kind: str) -> ResponseReturnValue:
    """The list as seen, as a file."""
    noun, sight = find(plugin, slug)
    if kind not in TYPES:
        raise NotFound(_("kind of file"), kind)
    query = lists.parse(request.args, sight)
    with reading() as session:
        data = exchange.export(session, query, g.fmt, kind)
    return _file(data, f"{noun.slug}.{kind}", kind)


@pages.get("/<plugin>/<slug>/import/template.<kind>")
@signed_in
def template(plugin: str, slug: str, kind: str) -> ResponseReturnValue:
    """An empty file with the heads that an import understands."""
    noun, sight = find(plugin, slug)
    require(sight.create, noun, "create")
    if kind not in ("csv", "xlsx"):
        raise NotFound(_("kind of file"), kind)
    known = {noun.identity, *sight.writable}
    heads = [
        n for n, _label in _heads(noun, sight) if n in known or n.partition(".")[0] in noun.lines
    ]
    return _file(write(heads, [], kind), f"{noun.slug}-template.{kind}", kind)


def _file(data: bytes, name: str, kind: str) -> Response:
    answer = Response(data, content_type=TYPES[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@dataclass
class Step:
    """Where the wizard stands."""

    name: str = "file"
    heads: list[tuple[int, str, str, list[str]]] = field(default_factory=list)
    rows: int = 0
    report: Any = None
    unknown: bool = False


@pages.get("/<plugin>/<slug>/import")
@signed_in
def begin(plugin: str, slug: str) -> ResponseReturnValue:
    """Choose a file."""
    noun, sight = find(plugin, slug)
    require(sight.create, noun, "create")
    return draw("import.html", noun, sight, step=Step(), choices=_heads(noun, sight))


@pages.post("/<plugin>/<slug>/import")
@signed_in
def go_on(plugin: str, slug: str) -> ResponseReturnValue:
    """Look at the file, check it, or bring it in."""
    noun, sight = find(plugin, slug)
    require(sight.create, noun, "create")
    given = request.files.get("file")
    if given is None or not given.filename:
        raise Refused(_("Choose a file first."))
    table = exchange.read_table(given.filename, given.read())
    do = request.form.get("_do", "look")
    mapping = _mapping(table) if do in ("check", "go") else _remembered(noun)
    step = _columns(noun, sight, table, mapping)
    step.name = "columns"
    if do in ("check", "go") and not step.unknown:
        wet = do == "go"
        step.report = exchange.load(
            house(), g.actor, noun, table, mapping, file=given.filename, dry_run=not wet
        )
        step.name = "done" if wet and step.report.saved else "check"
        if step.name == "done":
            house().run(g.actor, lambda uow: exchange.remember(uow, noun, LAST, mapping))
    return draw(
        "_import.html", noun, sight, step=step, choices=_heads(noun, sight), most=MOST_SHOWN
    )


@pages.get("/<plugin>/<slug>/imports")
@signed_in
def imports(plugin: str, slug: str) -> ResponseReturnValue:
    """The files that were brought in, the last one first."""
    noun, sight = find(plugin, slug)
    require(sight.create, noun, "create")
    with reading() as session:
        runs = exchange.runs_of(session, noun)
    return draw("imports.html", noun, sight, runs=runs)


@pages.get("/<plugin>/<slug>/imports/<int:run>")
@signed_in
def imported(plugin: str, slug: str, run: int) -> ResponseReturnValue:
    """What a file has made and changed, and the way back."""
    noun, sight = find(plugin, slug)
    require(sight.create, noun, "create")
    with reading() as session:
        found = exchange.run_of(session, noun, run)
        keys = exchange.imported_keys(session, noun, run, MOST_SHOWN)
        called = titles(session, noun, sight, [key for key, _made in keys], g.fmt)
    may = (sight.delete or not found.created) and (sight.write or not found.changed)
    return draw(
        "imported.html", noun, sight, found=found, keys=keys, called=called, may=may,
        more=found.created + found.changed - len(keys),
    )  # fmt: skip


@pages.post("/<plugin>/<slug>/imports/<int:run>/undo")
@signed_in
def undo(plugin: str, slug: str, run: int) -> ResponseReturnValue:
    """Take a whole import back, or nothing of it."""
    noun, sight = find(plugin, slug)
    house().run(g.actor, lambda uow: exchange.undo_import(uow, noun, sight, run))
    return go(f"{base_of(noun)}/imports/{run}")


@pages.post("/<plugin>/<slug>/import/mistakes.<kind>")
@signed_in
def mistaken(plugin: str, slug: str, kind: str) -> ResponseReturnValue:
    """The rows that have mistakes, each with what is wrong, to be corrected and brought in alone."""
    noun, sight = find(plugin, slug)
    require(sight.create, noun, "create")
    given = request.files.get("file")
    if given is None or not given.filename:
        raise Refused(_("Choose a file first."))
    if kind not in ("csv", "xlsx"):
        raise NotFound(_("kind of file"), kind)
    table = exchange.read_table(given.filename, given.read())
    report = exchange.load(house(), g.actor, noun, table, _mapping(table), dry_run=True)
    return _file(write([*table.heads, str(_("What is wrong"))], _wrong_rows(table, report), kind),
                 f"{noun.slug}-mistakes.{kind}", kind)  # fmt: skip


def _wrong_rows(table: Any, report: Any) -> list[list[Any]]:
    told: dict[int, list[str]] = {}
    for mistake in report.errors:
        said = f"{mistake.column}: {mistake.sentence}" if mistake.column else str(mistake.sentence)
        told.setdefault(mistake.line, []).append(said)
    # A document of several rows is brought in as a whole: its other rows come along.
    starts = sorted(report.starts)
    wrong = {bisect_right(starts, line) for line in told}
    width = len(table.heads)
    return [
        [*(row + [""] * width)[:width], "; ".join(told.get(line, ()))]
        for line, row in table.rows
        if bisect_right(starts, line) in wrong
    ]


def _mapping(table: Any) -> Any:
    """What was chosen for each column."""
    chosen = {
        head: request.form.get(f"column.{at}", "")
        for at, head in enumerate(table.heads)
        if f"column.{at}" in request.form
    }
    return exchange.Mapping(columns=chosen)


def _remembered(noun: Noun) -> Any:
    with reading() as session:
        return exchange.remembered(session, noun, LAST).get(LAST, exchange.Mapping())


def _columns(noun: Noun, sight: Sight, table: Any, mapping: Any) -> Step:
    """The columns of the file: number, head, field, the first values."""
    nested = table.documents is not None
    found = exchange.guess(noun, sight, table.heads, mapping, nested=nested)
    step = Step(rows=len(table.documents) if nested else len(table.rows))
    for at, head in enumerate(table.heads):
        rows = [] if nested else [row for _n, row in table.rows[:SAMPLES]]
        samples = [row[at] for row in rows if at < len(row) and row[at]]
        name = found[head]
        step.unknown = step.unknown or name is None
        step.heads.append((at, head, "?" if name is None else name, samples))
    return step


def _heads(noun: Noun, sight: Sight) -> list[tuple[str, str]]:
    """What a column may be: name and words."""
    found: list[tuple[str, Text | str]] = [(n, one.label) for n, one in sight.writable.items()]
    # What nobody enters may stand in a file too: the identity finds a document, sums are compared.
    found += [(n, one.label) for n, one in sight.own.items() if n not in sight.writable]
    for part in noun.lines:
        fields = sight.line_fields(part, writing=True).values()
        found += [(one.name, f"{_title(noun, part)} › {one.label}") for one in fields]
    return [(name, str(label)) for name, label in found]


def _title(noun: Noun, part: str) -> str:
    for one in noun.parts:
        if getattr(one, "name", "") == part:
            return str(one.title or part.replace("_", " ").capitalize())
    return part
