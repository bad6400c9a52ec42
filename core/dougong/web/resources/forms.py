"""The page's form: text in the reader's language to values and back, lines by key, errors at fields."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from dougong.i18n import Text, _
from dougong.resources import documents
from dougong.resources.fields import Field, Link
from dougong.resources.problems import sentence

if TYPE_CHECKING:
    from dougong.resources.formats import Formats
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight

LINE = re.compile(r"^(\w+)\.(\d{1,18}|n\d{1,6})\.(\w+)$", re.ASCII)
MOST_LINES = 2000
#: Columns of a table of lines that leave room for the cards at the side.
MOST_BESIDE = 6


@dataclass
class FormEntry:
    """A form on its way: values, text that could not be read, errors by control, the keys of lines."""

    noun: Noun
    sight: Sight
    fmt: Formats
    values: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, list[str]] = field(default_factory=dict)
    errors: dict[str, Text | str] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    labels: dict[Any, str] = field(default_factory=dict)
    was: Mapping[str, Any] = field(default_factory=dict)
    #: Marks of what the form was opened with, by field: they tell what this person touched.
    first: Mapping[str, str] = field(default_factory=dict)
    editable: bool = True
    small: bool = False

    def link_url(self, link: Link) -> str:
        """Where a link field asks for its options."""
        return f"{self._base(link)}/options"

    def _base(self, link: Link) -> str:
        """Where this reader sees the documents that a link names; nowhere when they may not."""
        noun = self.sight.way(link.target)
        return f"/{noun.plugin}/{noun.slug}" if noun is not None else ""

    def control(self, field_: Field, name: str, value: Any, small: bool = False) -> Markup:
        """A field as a control, or as what it says where it cannot be changed."""
        self.small = small
        if not self.editable or field_.readonly:
            return self._shown(field_, value)
        if isinstance(field_, Link) and not self._base(field_):
            return self._kept(field_, name, value)
        if name not in self.raw:
            drawn = field_.control(name, value, self)
        elif isinstance(field_, Link):
            drawn = field_.control(name, self.raw[name], self)
        else:
            empty, given = 'value=""', f'value="{escape(self.raw[name])}"'
            drawn = Markup(str(field_.control(name, None, self)).replace(empty, given, 1))  # noqa: S704
        if isinstance(field_, Link) and not small:
            return Markup('<span class="link-wrap">{}{}</span>').format(
                drawn, self._way(field_, value)
            )
        return drawn

    def _shown(self, field_: Field, value: Any) -> Markup:
        if value is None:
            return Markup()
        if isinstance(field_, Link):
            text = self.labels.get((field_.target, value), "")
            return self._leading(self._base(field_), value, text)
        return Markup(field_.cell(self.fmt)(value))  # noqa: S704

    def _leading(self, base: str, value: Any, text: str) -> Markup:
        if not (base and text):
            return escape(text)
        return Markup('<a href="{}/{}">{}</a>').format(base, value, text)

    def _kept(self, link: Link, name: str, value: Any) -> Markup:
        """A link that its reader cannot choose anew: it stays what it is."""
        key = "" if value is None else value
        return Markup(
            '<input type="hidden" name="{}" value="{}"><span class="read">{}</span>'
        ).format(name, key, self._shown(link, value) or "—")

    def _way(self, link: Link, value: Any) -> Markup:
        """From a link field to the document it names."""
        from dougong.web.static import icon

        text = self.labels.get((link.target, value), "")
        if not text:
            return Markup()
        url = f"{self._base(link)}/{value}"
        return Markup('<a class="link-open" href="{}" tabindex="-1" aria-label="{}">{}</a>').format(
            url, text, icon("external-link", 16)
        )

    def is_broad(self) -> bool:
        """Whether a table of lines has so many columns that nothing fits beside it."""
        return any(self._breadth(part, names) > MOST_BESIDE for part, names in self._tables())

    def _breadth(self, part: Any, names: list[str]) -> float:
        """How many columns of usual breadth a table takes: a day with its picker is half as broad again."""
        fields = self.noun.lines[part.name].fields
        return len(names) + sum(fields[name].kind == "date" for name in names) / 2

    def _tables(self) -> list[tuple[Any, list[str]]]:
        tables = [(part, names) for part, names in self.sight.parts if hasattr(part, "name")]
        return [(part, self.telling(part.name, names)) for part, names in tables]

    def telling(self, name: str, names: list[str]) -> list[str]:
        """The columns of a table of lines, without quiet ones that have nothing to say yet."""
        fields, rows = self.noun.lines[name].fields, self.values.get(name) or ()
        return [
            n
            for n in names
            if not fields[n].options.get("quiet") or any(row.get(n) for row in rows)
        ]

    def are_sums(self, part: Any, names: list[str]) -> bool:
        """Whether a section at the side adds up: only amounts that nobody types."""
        fields = [self.sight.fields[name] for name in names]
        amounts = all(f.readonly and f.kind == "money" for f in fields)
        return bool(part.side) and len(fields) > 1 and amounts

    def baseline(self) -> str:
        """What the form shows now: the next round trip tells from it what was changed."""
        found = _some(documents.plain(self.sight.writable_own, self.values))
        for name in self.noun.lines:
            fields = self.sight.line_fields(name, writing=True)
            rows = zip(self.keys.get(name, ()), self.values.get(name) or (), strict=True)
            found[name] = {key: _some(documents.plain(fields, row)) for key, row in rows}
        return json.dumps(found, separators=(",", ":"), ensure_ascii=False)

    def marks(self, data: Mapping[str, Any]) -> dict[str, str]:
        """Short marks of what each field, and each table of lines, says."""
        found = dict(documents.plain(self.sight.writable_own, data))
        for name in self.noun.lines:
            fields = self.sight.line_fields(name, writing=True)
            rows = data.get(name) or ()
            found[name] = [_some(documents.plain(fields, row)) for row in rows]
        said = {name: json.dumps(value, default=str) for name, value in found.items()}
        return {name: f"{zlib.crc32(text.encode()):x}" for name, text in said.items()}

    def opened(self) -> str:
        """The marks for the page: the ones it came with, else those of what it shows now."""
        return json.dumps(dict(self.first) or self.marks(self.values), separators=(",", ":"))

    def place(self, problems: Mapping[str, Text | str]) -> None:
        """Errors by path become errors by control: lines are counted there and keyed here."""
        for path, text in problems.items():
            self.errors.setdefault(self.control_of(path), text)

    def miss(self) -> None:
        """Say of what is needed and still empty that it is, so that all mistakes are told at once."""
        found = [(name, f, self.values.get(name)) for name, f in self.sight.writable.items()]
        for line in self.noun.lines:
            fields = self.sight.line_fields(line, writing=True).items()
            for key, row in zip(self.keys[line], self.values.get(line) or (), strict=True):
                if not is_blank(self, line, key, row):
                    found += [(f"{line}.{key}.{name}", f, row.get(name)) for name, f in fields]
        for control, field_, value in found:
            if field_.required and value is None:
                self.errors.setdefault(control, sentence("required"))

    def summary(self) -> list[tuple[str, str, Text | str]]:
        """What is wrong, in the order of the form: control, what the field is called, sentence."""
        places = {name: at for at, name in enumerate(self._controls())}
        named = ((c, t) for c, t in self.errors.items() if c)
        ordered = sorted(named, key=lambda pair: places.get(pair[0], len(places)))
        return [(control, self._called(control), text) for control, text in ordered]

    def _controls(self) -> Iterator[str]:
        for part, names in self.sight.parts:
            line = getattr(part, "name", "")
            if not line:
                yield from names
            for key in self.keys.get(line, ()) if line else ():
                yield from (f"{line}.{key}.{name}" for name in names)

    def _called(self, control: str) -> str:
        """“Quantity, line 2”, as people find it on the page."""
        found = LINE.match(control)
        if found and found[1] in self.noun.lines and found[2] in self.keys.get(found[1], ()):
            field_ = self.noun.lines[found[1]].fields.get(found[3])
            at = self.keys[found[1]].index(found[2]) + 1
            return str(_("%(field)s, line %(n)s", field=field_.label if field_ else "", n=at))
        known = self.noun.fields.get(control)
        return str(known.label) if known is not None else ""

    def control_of(self, path: str) -> str:
        """The control of a path: lines are counted there and keyed here."""
        head, _dot, rest = path.partition(".")
        keys = self.keys.get(head)
        if keys is None or not rest:
            return path
        at, _dot, name = rest.partition(".")
        if not (at.isdecimal() and int(at) < len(keys)):
            return head
        return f"{head}.{keys[int(at)]}.{name}"


def show(
    noun: Noun, sight: Sight, fmt: Formats, data: dict[str, Any], *, editable: bool
) -> FormEntry:
    """The form of a document that is stored, or about to be entered."""
    entry = FormEntry(noun, sight, fmt, values=data, editable=editable)
    for name in noun.lines:
        rows = data.setdefault(name, [])
        entry.keys[name] = [str(r["id"]) if r.get("id") else f"n{i}" for i, r in enumerate(rows)]
    return entry


def parse(form: Any, noun: Noun, sight: Sight, fmt: Formats) -> FormEntry:
    """Read the posted text; what cannot be read is shown again with its error."""
    entry = FormEntry(noun, sight, fmt)
    for name, field_ in sight.writable.items():
        _take(form, entry, field_, name, entry.values, name)
    for name in noun.lines:
        _take_lines(form, entry, name)
    entry.was, entry.first = _object(form.get("_was")), _object(form.get("_first"))
    return entry


def _object(text: str | None) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _take(
    form: Any, entry: FormEntry, field_: Field, name: str, row: dict[str, Any], key: str
) -> None:
    if name not in form and f"{name}.text" not in form:
        return
    # A ticked checkbox comes after the hidden zero that says it was there.
    text = form.getlist(name)[-1] if name in form else ""
    if isinstance(field_, Link):
        if text:
            try:
                row[key] = field_.load(text)
                return
            except ValueError:
                pass
        text = form.get(f"{name}.text", "")
    try:
        row[key] = field_.parse(text[: field_.longest], entry.fmt)
    except ValueError as error:
        entry.errors[name], entry.raw[name] = sentence(str(error)), text


def _take_lines(form: Any, entry: FormEntry, name: str) -> None:
    keys: dict[str, None] = {}
    for control in form:
        found = LINE.match(control)
        if found and found[1] == name:
            keys.setdefault(found[2])
    fields = entry.sight.line_fields(name, writing=True)
    entry.keys[name], entry.values[name] = [], []
    for key in list(keys)[:MOST_LINES]:
        row: dict[str, Any] = {"id": int(key)} if key.isdecimal() else {}
        for part, field_ in fields.items():
            _take(form, entry, field_, f"{name}.{key}.{part}", row, part)
        entry.keys[name].append(key)
        entry.values[name].append(row)


def payload(entry: FormEntry, *, final: bool) -> dict[str, Any]:
    """What goes to the schema: side tables nested, untouched new lines dropped, needed fields absent."""
    found: dict[str, Any] = {}
    for name, value in entry.values.items():
        field_ = entry.sight.writable.get(name)
        if name in entry.noun.lines or field_ is None or (value is None and field_.required):
            continue
        plugin, dot, last = name.partition(".")
        if dot:
            found.setdefault(plugin, {})[last] = value
        else:
            found[name] = value
    for name in entry.noun.typed_lines:
        if final:
            _drop_blank(entry, name)
        found[name] = [dict(row) for row in entry.values.get(name) or ()]
    return found


def _drop_blank(entry: FormEntry, name: str) -> None:
    pairs = zip(entry.keys[name], entry.values[name], strict=True)
    kept = [(key, row) for key, row in pairs if not is_blank(entry, name, key, row)]
    entry.keys[name], entry.values[name] = [k for k, _r in kept], [r for _k, r in kept]


def is_blank(entry: FormEntry, name: str, key: str, row: Mapping[str, Any]) -> bool:
    """A new line that nobody touched: what it holds was derived, and something needed is missing."""
    prefix = f"{name}.{key}."
    if row.get("id") or any(control.startswith(prefix) for control in entry.raw):
        return False
    fields = entry.sight.line_fields(name, writing=True)
    was = entry.was.get(name)
    before = was.get(key, {}) if isinstance(was, dict) else {}
    held = {k: v for k, v in documents.plain(fields, row).items() if v not in (None, False)}
    if held != {k: v for k, v in before.items() if v is not False}:
        return False
    return not held or any(f.required and row.get(k) is None for k, f in fields.items())


def _some(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}
