"""What one set of rights may see and write of a noun, and the schemas that say so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, create_model
from pydantic import Field as Schema

from dougong.layouts.rules import Rule, in_order, put_on
from dougong.resources.declare import Lines, Section
from dougong.resources.fields.numbers import ID

if TYPE_CHECKING:
    from dougong.resources.fields import Field
    from dougong.resources.nouns import Noun

CLOSED = ConfigDict(extra="forbid")
MOST_LINES = 2000


class Sight:
    """A hidden field does not exist here: not as column, filter, sort, total, export or schema."""

    def __init__(
        self, noun: Noun, rights: frozenset[str], rules: Mapping[str, Rule] | None = None
    ) -> None:
        self.noun, self.rights, self.rules = noun, rights, rules or {}
        self.hidden = frozenset(f.name for f in noun.every_field() if not f.asks <= rights)
        only_read = noun.rights.only_read
        self.read = self._may("read")
        self.create = self._may("create") and not only_read
        self.write = self._may("write") and not only_read
        self.delete = self._may("delete") and not only_read
        self._ways: dict[type[Any], Noun | None] = {}

    def _may(self, verb: str) -> bool:
        return f"{self.noun.rights.name}.{verb}" in self.rights

    def sees(self, name: str) -> bool:
        """Whether the field exists for these eyes."""
        return name.partition(":")[0] not in self.hidden

    def names(self, wanted: Iterable[str]) -> list[str]:
        """Those of the names that exist for these eyes."""
        return [n for n in wanted if self.sees(n)]

    @cached_property
    def fields(self) -> dict[str, Field]:
        """The fields of the document itself, by name."""
        seen = {n: f for n, f in self.noun.fields.items() if n not in self.hidden}
        return put_on(seen, self.rules) if self.rules else seen

    @cached_property
    def queryable(self) -> dict[str, Field]:
        """Fields that may be filtered and sorted by, those that stand beside the document among them."""
        return {**self.noun.beside, **self.fields}

    @cached_property
    def own(self) -> dict[str, Field]:
        """Fields of the document's own table."""
        return {n: f for n, f in self.fields.items() if not f.hops}

    @cached_property
    def writable(self) -> dict[str, Field]:
        """Fields that may be entered."""
        return {n: f for n, f in self.fields.items() if n in self.noun.writable and not f.readonly}

    @cached_property
    def writable_own(self) -> dict[str, Field]:
        """Fields of the document's own table that may be entered."""
        return {n: f for n, f in self.writable.items() if not f.hops}

    def side_fields(self, plugin: str) -> dict[str, Field]:
        """Fields of a plugin's side table that may be entered, by their own names."""
        prefix = f"{plugin}."
        found = {n: f for n, f in self.writable.items() if n.startswith(prefix)}
        return {name.removeprefix(prefix): field for name, field in found.items()}

    @cached_property
    def defaults(self) -> dict[str, Any]:
        """What a new document begins with because an administrator said so."""
        found = {}
        for name, rule in self.rules.items():
            field = self.writable.get(name)
            if rule.default and field is not None:
                found[name] = field.load(rule.default)
        return found

    def way(self, model: type[Any]) -> Noun | None:
        """The noun whose pages show this reader a model's documents; None when none is for them."""
        if model not in self._ways:
            shown = (n for n in self.noun.nouns if n.model is model and n.sight(self.rights).read)
            self._ways[model] = next(shown, None)
        return self._ways[model]

    @cached_property
    def parts(self) -> list[tuple[Section | Lines, list[str]]]:
        """The form: each part with the names that exist for these eyes."""
        found: list[tuple[Section | Lines, list[str]]] = []
        for part in self.noun.parts:
            prefix = f"{part.name}." if isinstance(part, Lines) else ""
            names = [n for n in part.fields if prefix + n not in self.hidden]
            if self.rules and not prefix:
                names = in_order(names, self.rules)
            if names:
                found.append((part, names))
        return found

    def line_fields(self, name: str, writing: bool = False) -> dict[str, Field]:
        """The fields of a table of lines; when writing, only those that may be entered."""
        return self._line_fields[name, writing]

    @cached_property
    def _line_fields(self) -> dict[tuple[str, bool], dict[str, Field]]:
        found = {}
        for name, lines in self.noun.lines.items():
            seen = {k: f for k, f in lines.fields.items() if f.name not in self.hidden}
            found[name, False] = seen
            found[name, True] = {k: f for k, f in seen.items() if not f.readonly}
        return found

    # -- schemas, made when first asked for --------------------------------------------------------

    @cached_property
    def input(self) -> type[BaseModel]:
        """What a new document may say."""
        return self._entry("In", partial=False)

    @cached_property
    def patch(self) -> type[BaseModel]:
        """What a change may say: any part of it."""
        return self._entry("Patch", partial=True)

    @cached_property
    def output(self) -> type[BaseModel]:
        """What an answer says."""
        shown = {n for p in self.noun.parts if isinstance(p, Section) for n in p.fields}
        shown |= {n for n in self.noun.columns if "." not in n}
        source = {n: f for n, f in self.fields.items() if n in shown}
        members = self._members_of(source, "Out", partial=False, out=True)
        for name in self.noun.lines:
            fields = _members(self.line_fields(name), partial=False, out=True)
            line = self._create(name.capitalize() + "Out", {**fields, "id": (int, ...)})
            members[name] = (list[line], ...)  # type: ignore[valid-type]
        key = self.noun.fields.get(self.noun.key)
        numbered = key is None or key.kind == "number"
        members["id"] = (int if numbered else str, ...)
        if self.noun.versioned:
            members["version"] = (int, ...)
        if self.noun.steps:
            members[self.noun.steps.field] = (str, ...)
        return self._create("Out", members)

    @property
    def schema_name(self) -> str:
        """How the schemas of the noun are called: ``CrmOrders``."""
        words = (self.noun.plugin, *self.noun.slug.split("-"))
        return "".join(w.capitalize() for w in words)

    def _entry(self, suffix: str, *, partial: bool) -> type[BaseModel]:
        members = self._members_of(self.writable, suffix, partial=partial, out=False)
        for name in self.noun.typed_lines:
            # A known line may be given in part, and derive may fill a new one.
            fields = _members(self.line_fields(name, writing=True), partial=True, out=False)
            line = self._create(name.capitalize() + suffix, {**fields, "id": (ID | None, None)})
            several = Annotated[list[line], Schema(max_length=MOST_LINES)]  # type: ignore[valid-type]
            if partial:
                members[name] = (several | None, None)
            else:
                members[name] = (several, Schema(default_factory=list))
        if partial and self.noun.versioned:
            members["version"] = (ID | None, None)
        return self._create(suffix, members)

    def _members_of(
        self, source: Mapping[str, Field], suffix: str, *, partial: bool, out: bool
    ) -> dict[str, Any]:
        """Members of the document itself; those of side tables nested under their plugin's name."""
        nested: dict[str, dict[str, Field]] = {}
        for name, field in source.items():
            if field.hops and field.hops[0].endswith("_ext"):
                plugin, _dot, last = name.partition(".")
                nested.setdefault(plugin, {})[last] = field
        members = _members({n: f for n, f in source.items() if not f.hops}, partial, out)
        for plugin, fields in nested.items():
            side = self._create(plugin.capitalize() + suffix, _members(fields, True, out))
            members[plugin] = (side | None, None)
        return members

    def _create(self, suffix: str, members: dict[str, Any]) -> type[BaseModel]:
        return create_model(self.schema_name + suffix, __config__=CLOSED, **members)


def _members(fields: Mapping[str, Field], partial: bool, out: bool) -> dict[str, Any]:
    members: dict[str, Any] = {}
    for name, field in fields.items():
        kind = field.schema()
        if field.required and not partial:
            members[name] = (kind, ...)
        else:
            members[name] = (kind | None, None)
    return members
