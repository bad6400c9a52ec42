"""Write the reference for authors from the code; a test fails when it is stale.

Whole pages: hooks, nouns, the unit of work, events and ports. Parts of pages, between
``<!-- name -->`` and ``<!-- /name -->``: fixtures and promises of testing.md, doors of versions.md,
who stands on whom of architecture.md.
"""

from __future__ import annotations

import ast
import dataclasses
import importlib
import inspect
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import inspect as inspect_mapper

import dougong_base.events
import dougong_base.ports
import dougong_base.testing
from dougong import plugin, testing, testing_contract, testing_tools, unit_of_work
from dougong.deprecation import Deprecated
from dougong.errors import DougongError
from dougong.events import Event, Reaction
from dougong.hookspecs import API_VERSION, Hooks
from dougong.plugins.discovery import discover
from dougong.printing import Print, sheets
from dougong.printing.desk import Desk
from dougong.reports import Column, Line, Parameter, Report
from dougong.resources import declare, fields
from dougong.resources.documents.facts import Facts
from dougong.resources.fields.periods import PERIODS
from dougong.resources.filters import OPERATORS
from dougong.vetting.reading import DOORS, MIGRATION_DOORS
from dougong.workflows import Ask, State, Step, Workflow

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
STALE = "This page is written by `python tools/reference.py`; a test fails when it is stale."
MISSING = dataclasses.MISSING


# -- what the code says of itself ------------------------------------------------------------------


def said(thing: Any) -> str:
    """A docstring as Markdown; empty where there is none of its own."""
    text = vars(thing).get("__doc__") if isinstance(thing, type) else thing.__doc__
    if not text or (dataclasses.is_dataclass(thing) and text.startswith(f"{thing.__name__}(")):
        return ""
    return inspect.cleandoc(text).replace("``", "`")


def signature(act: Callable[..., Any], name: str = "") -> str:
    """``name(arguments)`` without ``self`` and without the modules of types."""
    text = _raw(act).replace("self, ", "").replace("(self)", "()").replace("(cls, ", "(")
    return (name or act.__name__) + re.sub(r"\b(?:[a-z_]+\.)+(?=[A-Z])", "", text)


@cache
def notes(cls: type) -> dict[str, str]:
    """The ``#:`` comments above or behind the attributes of a class."""
    lines = textwrap.dedent(inspect.getsource(cls)).splitlines()
    found: dict[str, str] = {}
    waiting: list[str] = []
    for line in lines:
        text = line.strip()
        if text.startswith("#:"):
            waiting.append(text.removeprefix("#:").strip())
            continue
        named = re.match(r"(\w+)\s*[:=]", text)
        if waiting and named:
            found[named[1]] = " ".join(waiting)
        waiting = []
    return {name: text.replace("``", "`") for name, text in found.items()}


def shown(field: dataclasses.Field[Any]) -> str:
    """A field with its default, where it may be left out."""
    if field.default is not MISSING:
        return f"{field.name}={'…' if callable(field.default) else repr(field.default)}"
    if field.default_factory is not MISSING:
        return f"{field.name}={field.default_factory()!r}"
    return field.name


def of_dataclass(cls: type, level: int = 3) -> str:
    """A descriptor: how it is written, what it is, what its fields mean where a name is not enough."""
    listed = [f for f in dataclasses.fields(cls) if not f.name.startswith("added_")]
    text = f"\n{'#' * level} `{cls.__name__}`\n\n```text\n"
    text += f"{cls.__name__}({', '.join(map(shown, listed))})\n```\n\n{said(cls)}\n"
    return text + bullets((f.name, notes(cls).get(f.name, "")) for f in listed)


def of_class(cls: type, level: int = 3) -> str:
    """A plain class: how it is made."""
    own = "__init__" in vars(cls)
    head = signature(cls.__init__, cls.__name__).removesuffix(" -> None") if own else cls.__name__
    return f"\n{'#' * level} `{cls.__name__}`\n\n```text\n{head}\n```\n\n{said(cls)}\n"


def of_methods(cls: type) -> str:
    """What can be asked of it and done with it."""
    text = ""
    for name, act in vars(cls).items():
        if name.startswith("_"):
            continue
        if isinstance(act, property) and act.fget and act.fget.__doc__:
            text += f"\n### `{name}`\n\n{said(act.fget)}\n"
        elif inspect.isfunction(act) and act.__doc__:
            text += f"\n### `{name}`\n\n```python\n{signature(act)}\n```\n\n{said(act)}\n"
    return text


def bullets(pairs: Iterable[tuple[str, str]]) -> str:
    """A list of what is said about names; nothing where nothing is said."""
    listed = "".join(f"* `{name}`: {text}\n" for name, text in pairs if text)
    return f"\n{listed}" if listed else ""


# -- pages -----------------------------------------------------------------------------------------


def hooks() -> str:
    """Every joint, in the order of the file that declares them, then what they return."""
    text = f"""# Hooks

Every joint a plugin can slot into. A plugin implements the ones it needs, marks them with `@hookimpl`, and
leaves the rest. {STALE}

The hooks' version is {API_VERSION}; a manifest says which it understands: `api = ">=1,<2"`.
"""
    for name, hook in vars(Hooks).items():
        if inspect.isfunction(hook):
            old = getattr(hook, "dougong_spec", {}).get("warn_on_impl")
            gone = f"\n**{old}**\n" if isinstance(old, Deprecated) else ""
            text += (
                f"\n## `{name}`\n\n```python\ndef {name}{_raw(hook)}\n```\n{gone}\n{said(hook)}\n"
            )
    text += """
## What hooks return

Import these from `dougong`; `Report`, `Column`, `Line` and `Parameter` from `dougong.reports`,
`Print` from `dougong.printing`, [the words of a resource](nouns.md) from `dougong.resources`.
"""
    own = [d for d in vars(plugin).values() if isinstance(d, type) and dataclasses.is_dataclass(d)]
    for one in (*own, Reaction, Workflow, State, Step, Ask, Print, Report, Parameter, Column, Line):
        text += of_dataclass(one)
    return text


def _raw(hook: Callable[..., Any]) -> str:
    """Types without the quotation marks that postpone them; those of defaults stay."""
    made = inspect.signature(hook)
    bare = [p.replace(annotation=_bare(p.annotation)) for p in made.parameters.values()]
    return str(made.replace(parameters=bare, return_annotation=_bare(made.return_annotation)))


class _Said(str):
    """A type that is shown as it was written."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _bare(annotation: Any) -> Any:
    return _Said(annotation) if isinstance(annotation, str) else annotation


def nouns() -> str:
    """The words a noun is written with."""
    text = f"""# Nouns

The words with which a noun is declared: what its list, form, boards, API, import and export are made
from. Import them from `dougong.resources`. {STALE}

## `Resource`

{said(declare.Resource)} A subclass sets these:

| attribute | when left out | what it is |
| --- | --- | --- |
"""
    text += _attributes(declare.Resource)
    text += (
        f"\n## `Extend`\n\n{said(declare.Extend)}\n\n| attribute | when left out | what it is |\n"
    )
    text += "| --- | --- | --- |\n" + _attributes(declare.Extend)
    text += "\n## Forms and boards\n"
    for one in (declare.Form, declare.Section, declare.Lines):
        text += of_class(one)
    for one in (
        declare.Kanban,
        declare.Calendar,
        declare.Gantt,
        declare.Tree,
        declare.Pivot,
        declare.Rights,
        declare.Tab,
    ):
        text += of_dataclass(one)
    text += """
## Fields

A field is inferred from its column. Declare one to change words or kind: `Field(label=_("Colour"))` keeps
the kind, `Long(label=_("Note"))` replaces it. Every kind takes the arguments of `Field`.
"""
    for one in (fields.Field, fields.Text, fields.Long, fields.Number, fields.Money, fields.Day,
                fields.Flag, fields.Choice, fields.Link):  # fmt: skip
        text += of_class(one) if one is fields.Field else f"\n### `{one.__name__}`\n\n{said(one)}\n"
    text += addresses()
    text += f"\n## What `derive` and `check` may ask\n\n{said(Facts)}\n" + of_methods(Facts)
    text += "\n## What papers are made of\n\nImport from `dougong.printing`; see [papers](printing.md).\n"
    for one in vars(sheets).values():
        if (
            isinstance(one, type)
            and one.__module__ == sheets.__name__
            and dataclasses.is_dataclass(one)
        ):
            text += of_dataclass(one)
    return text + f"\n### `Desk`\n\n{said(Desk)}\n" + of_methods(Desk).replace("\n###", "\n####")


#: What a condition of an address asks, by its operator.
ASKS = {
    "eq": ("is; the same as no operator", "state=draft"),
    "ne": ("is not, or is empty", "state.ne=draft"),
    "in": ("is one of these", "state.in=draft,sent"),
    "empty": ("has no value, or has one", "due_back.empty=true"),
    "lt": ("is less, or before", "due_back.lt=2026-03-01"),
    "le": ("at most, or until", "total.le=100.50"),
    "gt": ("is more, or after", "total.gt=100"),
    "ge": ("at least, or from", "due_back.ge=2026-03-01"),
    "has": ("these letters stand in it", "name.has=lamp"),
    "starts": ("begins so", "number.starts=SO-2026"),
    "during": ("a period that moves with the calendar", "due_back.during=past"),
    "under": ("this document of a tree, or below it", "category.under=12"),
}


def addresses() -> str:
    """The conditions of lists as addresses say them: operators and periods as the code has them."""
    if ASKS.keys() != OPERATORS:
        raise ValueError(f"Say what these ask: {sorted(ASKS.keys() ^ OPERATORS)}")
    kinds: dict[str, list[str]] = {name: [] for name in ASKS}
    for one in (fields.Text, fields.Number, fields.Money, fields.Day, fields.Flag, fields.Choice,
                fields.Link):  # fmt: skip
        own = {*one.operators, *(["during"] if one is fields.Day else [])}
        for name in own:
            kinds[name].append(f"`{one.__name__}`")
    kinds["under"] = ["a `Link` to documents that stand below one another"]
    rows = "".join(
        f"| `{name}` | {what} | `{example}` | {', '.join(kinds[name])} |\n"
        for name, (what, example) in ASKS.items()
    )
    periods = ", ".join(f"`{name}`" for name in PERIODS)
    return f"""
## Conditions in addresses

One language for the list's address, the API, `--filter` of a command, `to` of a widget, and `drill` of a
report: `/shop/orders?state=draft&total.ge=100&sort=-number`. Conditions are joined by *and*; the same
name twice means *or*. A name is one that the resource uses anywhere (form, columns, filters, search,
boards …), a path among them (`customer.city`, `workshop.loaner`); besides, documents have `tags`,
`activity` and `followed`. A name or an operator that does not fit is refused (422).

| operator | it asks whether the value | example | of |
| --- | --- | --- | --- |
{rows}
Values are written as the API says them: dates in ISO form, amounts with a point, `true` and `false`,
stored words rather than labels, and **a link by its id**: `customer=12`. By a name ask with a path that
the resource declares: `customer.code=C-1`.

Periods of `during`: {periods}. They are counted from the reader's today, so that “Overdue” needs no
column and no job: `due_back.during=past&state=out`.

Beside conditions an address takes `q` (search), `sort`, `group`, `columns`, `board`, `view` and `filter`,
a tree in JSON: `{{"any": [{{"field": "total", "op": "ge", "value": "100"}}, {{"not": …}}]}}`.

Filters are columns: a computed one is a column that `derive` or a verb keeps, or conditions as above. A
plugin gives conditions a name by a `Widget` whose `to` has them, or by a report that drills to them. It
ships no saved views: those belong to people, who keep, and share, the address they look at.
"""


def _attributes(cls: type) -> str:
    """A row an attribute; what is not explained by a comment is explained by its type."""
    text = ""
    for name, kind in inspect.get_annotations(cls).items():
        default = vars(cls).get(name, MISSING)
        left = "—" if default is MISSING else f"`{default!r}`"
        what = notes(cls).get(name, "") or f"`{kind.removeprefix('ClassVar[').removesuffix(']')}`"
        text += f"| `{name}` | {left} | {what.replace('|', chr(92) + '|')} |\n"
    return text


def work() -> str:
    """What a service may do."""
    unit = unit_of_work.UnitOfWork
    text = f"""# The unit of work

What a service, a reaction and a job are handed: `uow`. Whoever opened it saves; nobody else does. {STALE}

{said(unit)}
"""
    text += of_methods(unit)
    text += "\n## Refusals\n\nRaise one; the page, the API and the command line say its sentence.\n"
    text += """
`raise Refused(_("…"))` in a service says no to the whole act. At a field, name it by its path:

```python
from http import HTTPStatus

from dougong import Invalid, _

raise Invalid({"lines.0.quantity": _("There are only three.")}, HTTPStatus.CONFLICT)
```

A form marks that field, the API answers with `errors` by path. Without a status it is 422: what was
entered is malformed; pass 409 where it is well formed and the data say no. `""` is the path of the whole
document.
"""
    for one in _subclasses(DougongError):
        if one.__module__ == "dougong.errors":
            code = f" Status {one.status}." if getattr(one, "status", None) else ""
            text += f"\n### `{one.__name__}`\n\n{said(one)}{code}\n"
    return text


def _subclasses(cls: type) -> Iterator[type]:
    yield cls
    for one in cls.__subclasses__():
        yield from _subclasses(one)


def events() -> str:
    """The language of business: events and ports, with who tells, hears, asks and answers."""
    tells, asks = usage()
    hears, answers = wiring()
    text = f"""# Events and ports

The words that departments share, from `dougong_base.events` and `dougong_base.ports`. A plugin of yours
may tell and hear, ask and answer them like any other. {STALE}

## Events

{said(dougong_base.events)}
"""
    for name in dougong_base.events.__all__:
        one = getattr(dougong_base.events, name)
        text += f"\n### `{name}`\n\n{said(one)}\n"
        if issubclass(one, Event):
            text += f"\nTold by {people(tells, name)}; heard by {people(hears, name)}.\n"
        text += "\n| field | type |\n| --- | --- |\n"
        for field in dataclasses.fields(one):
            note = notes(one).get(field.name, "")
            left = "" if field.default is MISSING else f" = {field.default!r}"
            kind = str(field.type).replace("|", chr(92) + "|")
            text += f"| `{field.name}` | `{kind}{left}` {note} |\n".replace("  |", " |")
    text += f"\n## Ports\n\n{said(dougong_base.ports)}\n"
    for name in dougong_base.ports.__all__:
        one = getattr(dougong_base.ports, name)
        text += f"\n### `{name}`\n\n{said(one)}\n"
        if dataclasses.is_dataclass(one):
            text += (
                "\n" + ", ".join(f"`{f.name}: {f.type}`" for f in dataclasses.fields(one)) + "\n"
            )
            continue
        text += f"\nAnswered by {people(answers, name)}; asked by {people(asks, name)}.\n"
        for act in vars(one).values():
            if inspect.isfunction(act) and act.__doc__ and not act.__name__.startswith("_"):
                text += f"\n```python\n{signature(act)}\n```\n\n{said(act)}\n"
    return text


def people(known: dict[str, set[str]], name: str) -> str:
    """The plugins that have to do with it."""
    return ", ".join(sorted(known.get(name, ()))) or "nobody yet"


@cache
def shipped() -> dict[str, Any]:
    """The plugins of this repository, in the order in which they stand on each other."""
    from dougong.plugins.order import in_order

    manifests = discover().manifests
    return {name: manifests[name] for name in in_order(testing.SHIPPED, manifests)}


@cache
def usage() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Who makes an event, who asks a port: read from the calls in each plugin's files."""
    tells: dict[str, set[str]] = {}
    asks: dict[str, set[str]] = {}
    for name, manifest in shipped().items():
        for path in manifest.root.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    called = getattr(node.func, "id", None) or getattr(node.func, "attr", "")
                    tells.setdefault(called, set()).add(name)
                    if called == "ask" and node.args and isinstance(node.args[0], ast.Name):
                        asks.setdefault(node.args[0].id, set()).add(name)
    return tells, asks


@cache
def wiring() -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Who reacts to an event, who answers a port: as the house is wired."""
    from dougong.plugins.building import assemble

    built = assemble(discover(), shipped()).wiring
    hears: dict[str, set[str]] = {}
    answers: dict[str, set[str]] = {}
    for event, reactions in built.reactions.items():
        for one in reactions:
            hears.setdefault(event.__name__, set()).add(built.owners["reactions", one.name])
    for port in built.providers:
        answers.setdefault(port.__name__, set()).add(built.owners["providers", port])
    return hears, answers


# -- parts of pages --------------------------------------------------------------------------------


def fixtures() -> str:
    """What pytest finds once dougong is installed."""
    text = "| fixture | what it is |\n| --- | --- |\n"
    for module in (testing, dougong_base.testing):
        for name, one in vars(module).items():
            act = getattr(one, "__wrapped__", None) or getattr(one, "_fixture_function", None)
            if type(one).__name__ == "FixtureFunctionDefinition" and act is not None:
                first = said(act).split("\n\n")[0].replace("\n", " ")
                if name not in ("cheap_passwords", "databases"):
                    text += f"| `{name}` | {first} |\n"
    made = [n for n, act in vars(dougong_base.testing.Factories).items()
            if inspect.isfunction(act) and not n.startswith("_")]  # fmt: skip
    made = ", ".join(f"`make.{name}`" for name in made)
    return (
        f"{text}\n`make` comes with dougong-base and stores at once: {made}. "
        f"`events` is {said(testing_tools.Recorder)[0].lower()}{said(testing_tools.Recorder)[1:]}"
        f" `clock` is {said(testing_tools.Clock)[0].lower()}{said(testing_tools.Clock)[1:]}\n"
    )


def promises() -> str:
    """What every plugin promises, in the order in which it is proven."""
    text = "| promise | how it is looked at |\n| --- | --- |\n"
    for name, act in vars(testing_contract.PluginContract).items():
        if name.startswith("test_"):
            promise = name.removeprefix("test_").replace("_", " ").replace(" api", " API")
            text += f"| {promise} | {said(act).split(chr(10) * 2)[0].replace(chr(10), ' ')} |\n"
    return text


def doors() -> str:
    """What authors may import from."""
    rows = "".join(f"| `{module}` | {what} |\n" for module, what in DOORS.items())
    text = f"| module | what it is for |\n| --- | --- |\n{rows}\n"
    text += "Besides, in migrations and in `protections.py`:\n\n| module | what it is for |\n| --- | --- |\n"
    return text + "".join(f"| `{module}` | {what} |\n" for module, what in MIGRATION_DOORS.items())


#: Doors that are described on no other page.
SMALL_DOORS = (
    "dougong.actors",
    "dougong.clock",
    "dougong.companies.currency",
    "dougong.companies.models",
    "dougong.people.users.models",
    "dougong.links.models",
    "dougong.web.rights",
    "dougong.triggers",
)


#: Columns that are nobody's business.
SECRET = re.compile("password|totp|recovery|must_change")


def behind() -> str:
    """What stands behind the small doors: every public function and class with its signature."""
    text = ""
    for module in SMALL_DOORS:
        text += f"\n### `{module}`\n"
        found = vars(importlib.import_module(module))
        for name, one in found.items():
            if name.startswith("_") or getattr(one, "__module__", "") != module:
                continue
            if module == "dougong.web.rights" and f"`{name}`" not in DOORS[module]:
                continue
            if isinstance(one, type):
                text += _class_behind(one)
            elif inspect.isfunction(one) and one.__doc__ and one.__name__ == name:
                text += f"\n```python\n{signature(one)}\n```\n\n{said(one)}\n"
    return text.lstrip("\n")


def _class_behind(one: type) -> str:
    """A class of a door: a table by its columns, a descriptor by its fields, and what it can do."""
    if hasattr(one, "__table__"):
        names = [column.key for column in inspect_mapper(one).column_attrs]
        columns = ", ".join(f"`{name}`" for name in names if not SECRET.search(name))
        return f"\n#### `{one.__name__}`\n\n{said(one)} Columns: {columns}.\n"
    if dataclasses.is_dataclass(one):
        return of_dataclass(one, 4) + of_methods(one).replace("\n### `", "\n##### `")
    if hasattr(one, "_fields"):
        left = one._field_defaults
        listed = ", ".join(f"{n}={left[n]!r}" if n in left else n for n in one._fields)
        head = f"\n#### `{one.__name__}`\n\n```text\n{one.__name__}({listed})\n```\n"
        return f"{head}\n{said(one)}\n"
    return f"\n#### `{one.__name__}`\n\n{said(one)}\n"


def standing() -> str:
    """Who stands on whom and what each tells, hears, asks and answers: a picture from the manifests."""
    tells, asks = usage()
    hears, answers = wiring()
    words = {*dougong_base.events.__all__, *dougong_base.ports.__all__}

    def of(known: dict[str, set[str]], name: str) -> str:
        listed = sorted(w for w in words if name in known.get(w, ()))
        return ", ".join(listed) or "—"

    told = {
        w for w in dougong_base.events.__all__ if issubclass(getattr(dougong_base.events, w), Event)
    }
    text = "| plugin | stands on | goes with | tells | hears | answers | asks |\n"
    text += "| --- | --- | --- | --- | --- | --- | --- |\n"
    for name, manifest in shipped().items():
        said_here = ", ".join(sorted(w for w in told if name in tells.get(w, ()))) or "—"
        text += (
            f"| {name} | {', '.join(manifest.needs) or 'core'} |"
            f" {', '.join(r.name for r in manifest.enhances) or '—'} | {said_here} |"
            f" {of(hears, name)} | {of(answers, name)} | {of(asks, name)} |\n"
        )
    return text


#: Whole pages.
PAGES = {
    "author/hooks.md": hooks,
    "author/nouns.md": nouns,
    "author/work.md": work,
    "author/events.md": events,
}
#: Parts of pages.
PARTS = {
    ("author/testing.md", "fixtures"): fixtures,
    ("author/testing.md", "promises"): promises,
    ("author/versions.md", "doors"): doors,
    ("author/versions.md", "behind"): behind,
    ("architecture.md", "standing"): standing,
}


def pages() -> dict[Path, str]:
    """Every page as it should be."""
    wanted = {DOCS / name: write() for name, write in PAGES.items()}
    for (name, part), write in PARTS.items():
        path = DOCS / name
        text = wanted.get(path) or path.read_text("utf-8")
        begin, end = f"<!-- {part} -->\n", f"<!-- /{part} -->"
        if begin not in text or end not in text:
            raise ValueError(f"{name} has no place for {part}: write {begin.strip()} and {end}.")
        wanted[path] = text.split(begin)[0] + begin + write() + end + text.split(end)[1]
    return wanted


if __name__ == "__main__":
    for file, content in pages().items():
        file.write_text(content, encoding="utf-8")
        print(f"Written: {file.relative_to(DOCS)}")
