"""From declaration to noun: what the core needs to work with a resource, made once a house."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import inspect

from dougong.i18n import Text, _
from dougong.layouts.rules import Layouts, Rule, together
from dougong.plugin import SideTable
from dougong.plugins.locating import where_written
from dougong.resources.declare import Extend, Form, Lines, Resource, Section, Tab
from dougong.resources.fields import Field, Link
from dougong.resources.fields.beside import fields_beside
from dougong.resources.labelling import label_words
from dougong.resources.naming import HIDDEN, ResourceError, bind, leads_to_one
from dougong.resources.sight import Sight

if TYPE_CHECKING:
    from dougong.resources.namers import Namer
    from dougong.wiring import Wiring

VERBS = ("read", "create", "write", "delete")


class LineSet:
    """A to-many relationship that is edited with its document."""

    def __init__(self, noun: Noun, part: Lines) -> None:
        relation = noun.mapper.relationships.get(part.name)
        if relation is None or not relation.uselist:
            raise ResourceError(
                _("%(noun)s: “%(name)s” is no list of lines.", noun=noun.name, name=part.name)
            )
        self.name, self.model, self.mapper = part.name, relation.mapper.class_, relation.mapper
        self.fields = {name: bind(noun, f"{part.name}.{name}") for name in part.fields}
        self.ordered = "position" in self.mapper.columns
        ((local, remote),) = relation.local_remote_pairs
        self.local = noun.mapper.get_property_by_column(local).key
        self.remote = self.mapper.get_property_by_column(remote).key
        self.back: str = relation.back_populates or ""

    @property
    def typed(self) -> bool:
        """Whether anybody enters these lines; others are made by the document's verbs and only shown."""
        return any(not field.readonly for field in self.fields.values())


class Noun:
    """A resource the core can work with: fields bound to columns, extensions merged."""

    def __init__(self, resource: type[Resource], nouns: Nouns) -> None:
        self.resource, self.nouns, self.model = resource, nouns, resource.model
        self.name = resource.name
        self.plugin, _dot, self.slug = resource.name.partition(".")
        #: What links and the history call it; empty where they know nothing of it.
        self.document: str = getattr(resource.model, "__document__", "")
        self.mapper = inspect(resource.model)
        self.label, self.one = resource.label, resource.one or resource.label
        self.icon, self.rights, self.steps = resource.icon, resource.rights, resource.steps
        self.key: str = self.mapper.get_property_by_column(self.mapper.primary_key[0]).key
        self.identity = self.key if resource.identity == "id" else resource.identity
        self.title = resource.title or self.identity
        self.versioned = "version" in self.mapper.columns
        self.owned = "company_id" in self.mapper.columns
        self.fields: dict[str, Field] = {}
        self.lines: dict[str, LineSet] = {}
        #: Conditions that every list of numbered documents has: tags, activities, followed by me.
        self.beside: Mapping[str, Field] = {}
        if self.key == "id" and resource.together:
            self.beside = fields_beside(self.document or self.name)
        self.extensions: list[type[Extend]] = []
        self.derivers = [resource.derive] if resource.derive else []
        self.checkers = [resource.check] if resource.check else []
        self.tabs: dict[str, Tab] = {tab.name: tab for tab in resource.tabs}
        form = resource.form or Form(Section(*self._plain_names()))
        self.parts: list[Section | Lines] = list(form.parts)
        self.columns = list(resource.columns or [self.title])
        self.filters, self.groups = list(resource.filters), list(resource.groups)
        self.asked: frozenset[str] = frozenset()
        #: How administrators arranged the form: by role, "" for everybody.
        self.layouts: Mapping[str, Mapping[str, Rule]] = {}
        self._sights: dict[frozenset[str], Sight] = {}
        self._resolve()

    def _resolve(self) -> None:
        resource = self.resource
        for part in self.parts:
            if isinstance(part, Lines):
                self.lines[part.name] = LineSet(self, part)
            else:
                for name in part.fields:
                    self.field(name)
        boards = [name for board in resource.boards for name in _names_of(board)]
        for name in (
            *self.columns, *self.filters, *resource.search, *resource.codes, *resource.totals,
            *self.groups, *boards,
            *resource.sort.split(","), self.title, self.identity,
            *([self.steps.field] if self.steps else []),
        ):  # fmt: skip
            self.field(name.lstrip("-").partition(":")[0])
        entered = {n for p in self.parts if isinstance(p, Section) for n in p.fields}
        state = {self.steps.field} if self.steps else set()
        self.writable = entered - set(resource.derived) - state
        for name in (self.title, self.identity):
            if self.fields[name].hops or isinstance(self.fields[name], Link):
                raise ResourceError(
                    _(
                        "%(noun)s: “%(name)s” must be a column of its own.",
                        noun=self.name,
                        name=name,
                    )
                )

    def _plain_names(self) -> Iterator[str]:
        links = [r for r in self.mapper.relationships if leads_to_one(r)]
        columns = {c.key for r in links for c in r.local_columns}
        for prop in self.mapper.column_attrs:
            if prop.key not in HIDDEN and prop.columns[0].key not in columns:
                yield prop.key
        yield from (r.key for r in links)

    def field(self, name: str) -> Field:
        """The field of that name, resolved when first asked for while building."""
        if name not in self.fields:
            self.fields[name] = bind(self, name)
        return self.fields[name]

    def every_field(self) -> Iterator[Field]:
        """All fields, those of lines included."""
        yield from self.fields.values()
        for lines in self.lines.values():
            yield from lines.fields.values()

    @cached_property
    def namers(self) -> list[Namer]:
        """The lists whose documents name one of these."""
        from dougong.resources.namers import namers_of

        return namers_of(self.nouns, self)

    @property
    def audited(self) -> bool:
        """Whether the history tells what happens to a document, or to its lines."""
        whole = bool(getattr(self.model, "__audited__", False))
        parts = (getattr(part.model, "__part_of__", "") for part in self.lines.values())
        return whole or any(parts)

    def side(self, extension: type[Extend]) -> str:
        """The relationship that leads to an extension's side table."""
        return f"{extension.plugin}_ext"

    @property
    def loaded(self) -> list[Any]:
        """What is loaded with a document: its lines and side tables."""
        names = [*self.lines, *(self.side(e) for e in self.extensions)]
        return [getattr(self.model, name) for name in names]

    def extend(self, extension: type[Extend]) -> None:
        """Add another plugin's columns, section, filters and rules; nothing of it when a name is wrong."""
        kept = ("fields", "columns", "filters", "parts", "writable", "extensions", "tabs")
        before = {name: getattr(self, name).copy() for name in kept}
        try:
            self._merge(extension)
        except Exception:
            for name, value in before.items():
                setattr(self, name, value)
            raise
        self.derivers += [extension.derive] if extension.derive else []
        self.checkers += [extension.check] if extension.check else []

    def _merge(self, extension: type[Extend]) -> None:
        prefix = extension.plugin
        self.extensions.append(extension)
        own = [f"{prefix}.{n}" for n in (extension.form.fields if extension.form else ())]
        columns = [f"{prefix}.{n}" for n in extension.columns]
        filters = [f"{prefix}.{n}" for n in extension.filters]
        for name in (*own, *columns, *filters):
            self.field(name).required = False
        self.columns += columns
        self.filters += filters
        self.tabs |= {tab.name: tab for tab in extension.tabs}
        if extension.form:
            form = extension.form
            self.parts.append(Section(*own, title=form.title, side=form.side))
            self.writable |= set(own)

    def own(self, extension: type[Extend]) -> None:
        """Add a field that an administrator made; all of them share one section and one side."""
        prefix, first = (
            extension.plugin,
            not any(e.plugin == extension.plugin for e in self.extensions),
        )
        self.extend(extension)
        for name in extension.form.fields if extension.form else ():
            self.groups += [f"{prefix}.{name}"] if name in getattr(extension, "groups", ()) else []
        if not first:
            added = self.parts.pop()
            section = next(p for p in self.parts if isinstance(p, Section) and p.own)
            section.fields = (*section.fields, *added.fields)
            self.extensions.pop()
        else:
            part = self.parts[-1]
            assert isinstance(part, Section)
            part.own = True

    def finish(self) -> None:
        """All nouns are known now: links find their targets, and the rights that matter are told."""
        for field in self.every_field():
            if isinstance(field, Link) and field.noun is None:
                target = self.nouns.by_model.get(field.target)
                if target is None:
                    raise ResourceError(
                        _(
                            "%(noun)s: “%(name)s” links to %(model)s, which has no resource.",
                            noun=self.name, name=field.name, model=field.target.__name__,
                        )
                    )  # fmt: skip
                field.settle(target)
        asked = {f"{self.rights.name}.{verb}" for verb in VERBS}
        asked |= {right for field in self.every_field() for right in field.asks}
        # Whoever may see what a link leads to may choose it.
        targets = {field.target for field in self.every_field() if isinstance(field, Link)}
        asked |= {f"{n.rights.name}.read" for n in self.nouns if n.model in targets}
        asked |= {step.needs for step in self.steps.steps} if self.steps else set()
        # Where a link may lead depends on the rights of the nouns behind it.
        behind = {field.target for field in self.every_field() if isinstance(field, Link)}
        asked |= {f"{noun.rights.name}.read" for noun in self.nouns if noun.model in behind}
        self.asked = frozenset(asked)

    @cached_property
    def typed_lines(self) -> tuple[str, ...]:
        """The lists of lines that are entered with the document."""
        return tuple(name for name, lines in self.lines.items() if lines.typed)

    def sight(self, rights: frozenset[str]) -> Sight:
        """What someone with these rights may see and write; one object a distinct answer."""
        mine = frozenset(right for right in self.asked if right in rights)
        # Held by name: whoever may everything is not meant by what is arranged for one role.
        held = frozenset(f"@{role}" for role in self.layouts if role).intersection(
            frozenset(rights)
        )
        found = self._sights.get(mine | held)
        if found is None:
            rules = together(self.layouts, [mark[1:] for mark in held])
            found = self._sights[mine | held] = Sight(self, mine, rules)
        return found


class Nouns:
    """All nouns of the enabled plugins; iterate them, or ask by name or model."""

    def __init__(self) -> None:
        self.all: dict[str, Noun] = {}
        self.by_model: dict[type[Any], Noun] = {}
        #: What was left out, and why: (plugin, sentence). Pages and `dougong plugin doctor` show it.
        self.reports: list[tuple[str, Text | str]] = []
        self._resources: dict[type[Any], type[Resource]] = {}

    def __iter__(self) -> Iterator[Noun]:
        return iter(self.all.values())

    def get(self, name: str) -> Noun | None:
        """The noun of that name (``crm.orders``), or None."""
        return self.all.get(name)

    def resource_of(self, model: type[Any]) -> type[Resource] | None:
        """The first resource declared for a model."""
        return self._resources.get(model)

    def words(self) -> set[str]:
        """Labels that were derived from names, for the catalogue of translations."""
        return {f.words for noun in self for f in noun.every_field() if f.words}

    def report(self, plugin: str, error: Exception, written: Any) -> None:
        """Remember what was left out, and where it is written."""
        sentence = getattr(error, "sentence", None) or str(error)
        if where := where_written(written):
            sentence = _("%(sentence)s (%(where)s)", sentence=sentence, where=where)
        self.reports.append((plugin, sentence))

    def left_out(self) -> dict[str, list[Text | str]]:
        """What was left out, by plugin: the one place where doctor, list, check and pages read it."""
        found: dict[str, list[Text | str]] = {}
        for plugin, sentence in self.reports:
            found.setdefault(plugin, []).append(sentence)
        return found


def build(wiring: Wiring, own: Iterable[Any] = (), layouts: Layouts | None = None) -> Nouns:
    """All nouns the enabled plugins declare; what names something wrong is left out and reported.

    ``own`` are the fields that an administrator made (`dougong.custom`), ``layouts`` how forms were
    arranged (`dougong.layouts`).
    """
    nouns = Nouns()
    for resource in wiring.resources:
        nouns._resources.setdefault(resource.model, resource)
    failed = _hang_sides(nouns, wiring)
    for resource in wiring.resources:
        try:
            noun = Noun(resource, nouns)
        except ResourceError as error:
            nouns.report(resource.name.partition(".")[0], error, resource)
            continue
        nouns.all[noun.name] = noun
        nouns.by_model.setdefault(noun.model, noun)
    for extension in (e for e in wiring.extends if e not in failed):
        target = nouns.all.get(extension.resource)
        try:
            if target is not None:
                target.extend(extension)
            elif extension.resource.partition(".")[0] in {"core", *wiring.plugins}:
                raise _nothing_to_extend(extension, wiring)
        except ResourceError as error:
            nouns.report(extension.plugin, error, extension)
    from dougong.custom.hanging import hang_all

    hang_all(nouns, own)
    label_words(nouns, wiring)
    for name, arranged in (layouts or {}).items():
        if name in nouns.all:
            nouns.all[name].layouts = arranged
    _finish(nouns)
    return nouns


def _nothing_to_extend(extension: type[Extend], wiring: Wiring) -> ResourceError:
    """Its plugin runs, and has no such resource; one of a plugin that is away is simply not asked."""
    names = sorted(r.name for r in wiring.resources)
    if extension.resource in names:
        return ResourceError(
            _(
                "%(extension)s extends “%(resource)s”, which was left out itself.",
                extension=extension.__name__,
                resource=extension.resource,
            )
        )
    near = get_close_matches(extension.resource, names, 1, 0)
    return ResourceError(
        _(
            "%(extension)s extends “%(resource)s”, which does not exist. Name a resource: “%(near)s”.",
            extension=extension.__name__,
            resource=extension.resource,
            near=near[0] if near else "crm.orders",
        )
    )


def _finish(nouns: Nouns) -> None:
    """A noun whose links lead nowhere goes; that may take others with it."""
    broken = True
    while broken:
        broken = False
        for noun in list(nouns):
            try:
                noun.finish()
            except ResourceError as error:
                broken = True
                del nouns.all[noun.name]
                if nouns.by_model.get(noun.model) is noun:
                    del nouns.by_model[noun.model]
                nouns.report(noun.plugin, error, noun.resource)


def _hang_sides(nouns: Nouns, wiring: Wiring) -> set[type[Extend]]:
    """Give models the way to their side tables, before any name is resolved; returns what failed."""
    models = {r.name: r.model for r in wiring.resources}
    failed: set[type[Extend]] = set()
    for side in wiring.side_tables:
        try:
            hang(side.target, side.side, side.side.__plugin__)
        except ResourceError as error:
            nouns.report(side.side.__plugin__, error, side.side)
    for extension in wiring.extends:
        try:
            if extension.resource in models:
                hang(models[extension.resource], extension.side, extension.plugin)
        except ResourceError as error:
            failed.add(extension)
            nouns.report(extension.plugin, error, extension)
    return failed


def hang(model: Any, side: type[Any], plugin: str) -> None:
    """Let the model reach another plugin's side table as ``<plugin>_ext``; once a process."""
    from dougong.plugins.side_tables import apply_side_table

    if hasattr(model, f"{plugin}_ext"):
        return
    table, target = inspect(side).local_table, inspect(model).local_table
    if not any(
        key.column.table is target for column in table.primary_key for key in column.foreign_keys
    ):
        raise ResourceError(
            _(
                "%(side)s cannot extend %(model)s: its key must be the key of %(table)s.",
                side=side.__name__, model=model.__name__, table=target.name,
            )
        )  # fmt: skip
    apply_side_table(SideTable(model, side))


#: What a board calls fields by.
NAMING = ("by", "on", "due", "sum", "sort", "rows", "columns", "start", "end", "after", "parent")


def _names_of(board: Any) -> list[str]:
    names = [getattr(board, n, "") for n in NAMING]
    narrowing = [name.partition(".")[0] for name in getattr(board, "can_be_due", ())]
    return [n for n in [*names, *getattr(board, "card", ()), *narrowing] if n]
