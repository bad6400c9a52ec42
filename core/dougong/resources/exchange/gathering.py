"""Rows of text become entries: a document with its lines may take several rows."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dougong.i18n import Text, _
from dougong.keys import can_be_known_by, whole
from dougong.resources.exchange.mapping import Mapping, fields_of, guess
from dougong.resources.exchange.report import Mistake
from dougong.resources.exchange.tables import Table
from dougong.resources.fields import Field
from dougong.resources.problems import sentence

if TYPE_CHECKING:
    from dougong.resources.formats import Formats
    from dougong.resources.nouns import Noun
    from dougong.resources.sight import Sight


@dataclass
class Draft:
    """One document of a file."""

    line: int
    payload: dict[str, Any] = field(default_factory=dict)
    #: What it is known by: the value of its identity, its key, its external id.
    identity: Any = None
    key: Any = None
    external: str = ""
    #: The file's line of each line of the document: by table of lines.
    lines: dict[str, list[int]] = field(default_factory=dict)
    #: What could not be read, by path.
    errors: dict[str, tuple[int, Text | str]] = field(default_factory=dict)
    #: Numbers the file states, by path: checked against what is stored.
    stated: dict[str, Decimal] = field(default_factory=dict)

    def put(self, name: str, value: Any) -> None:
        """Enter a value; one of a side table under its plugin's name."""
        plugin, dot, last = name.partition(".")
        if dot:
            self.payload.setdefault(plugin, {})[last] = value
        else:
            self.payload[name] = value

    def line_of(self, path: str) -> int:
        """Where in the file a path of the document stands."""
        if path in self.errors:
            return self.errors[path][0]
        part, _dot, rest = path.partition(".")
        at = rest.partition(".")[0]
        if part in self.lines and at.isdecimal() and int(at) < len(self.lines[part]):
            return self.lines[part][int(at)]
        return self.line


@dataclass
class Gatherer:
    """Reads the rows of one file for one noun."""

    noun: Noun
    sight: Sight
    mapping: Mapping
    fmt: Formats
    drafts: list[Draft] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    #: The head of each field.
    heads: dict[str, str] = field(default_factory=dict)

    def gather(self, table: Table) -> list[Draft]:
        """The documents of the file; ``mistakes`` tells which heads mean nothing."""
        nested = table.documents is not None
        found = guess(self.noun, self.sight, table.heads, self.mapping, nested=nested)
        for head, name in found.items():
            if name is None:
                self.mistakes.append(Mistake(1, head, _("There is no such field.")))
            elif name:
                self.heads.setdefault(name, head)
        if self.mapping.external and self.mapping.external not in table.heads:
            missing = _("The column with the external ids is missing.")
            self.mistakes.append(Mistake(1, self.mapping.external, missing))
        if self.mistakes:
            return []
        if table.documents is not None:
            self._gather_json(table.documents, found)
        else:
            self._gather_rows(table, found)
        return self.drafts

    # -- rows --------------------------------------------------------------------------------------

    def _gather_rows(self, table: Table, found: Map[str, str | None]) -> None:
        fields = fields_of(self.noun, self.sight)
        external = table.heads.index(self.mapping.external) if self.mapping.external else -1
        plan = [
            (at, name, fields.get(name), name.partition(".")[0] in self.noun.lines)
            for at, name in enumerate(found[head] for head in table.heads)
            if name
        ]
        constants = [
            (name, fields[name], text)
            for name, text in self.mapping.constants.items()
            if name in fields
        ]
        for line, row in table.rows:
            draft = self._draft_for(line, row, plan, external, constants)
            parts: dict[str, dict[str, Any]] = {}
            for at, name, one, is_line in plan:
                text = row[at] if at < len(row) else ""
                if is_line and one is not None and text.strip():
                    part, _dot, last = name.partition(".")
                    known = draft.lines.get(part, ())
                    path = f"{part}.{len(known)}.{last}"
                    values = parts.setdefault(part, {})
                    self._take(draft, line, path, one, text, values, last)
            for part, values in parts.items():
                draft.payload.setdefault(part, []).append(values)
                draft.lines.setdefault(part, []).append(line)

    def _draft_for(
        self,
        line: int,
        row: list[str],
        plan: list[tuple[int, str, Field | None, bool]],
        external: int,
        constants: list[tuple[str, Field, str]],
    ) -> Draft:
        """The document a row belongs to: a new one, unless it goes on with the one above."""
        draft = Draft(line)
        said = False
        for at, name, one, is_line in plan:
            text = row[at].strip() if at < len(row) else ""
            if is_line or not text:
                continue
            said = True
            if one is None or name == self.noun.key:
                number = whole(text) if self.noun.key == "id" else None
                draft.key = text if number is None else number
            else:
                values: dict[str, Any] = {}
                self._take(draft, line, name, one, text, values, name)
                if name in values:
                    draft.put(name, values[name])
        if external >= 0 and external < len(row) and row[external].strip():
            draft.external, said = row[external].strip()[:120], True
        above = self.drafts[-1] if self.drafts else None
        if above is not None and (not said or self._goes_on(above, draft)):
            return above
        for name, one, text in constants:
            values = {}
            self._take(draft, line, name, one, text, values, name)
            if name in values:
                draft.put(name, values[name])
        self.drafts.append(draft)
        return draft

    def _goes_on(self, above: Draft, draft: Draft) -> bool:
        """Whether a row repeats what the document above is known by."""
        if not self.noun.lines:
            return False
        if draft.external:
            return draft.external == above.external
        if draft.key is not None:
            return bool(draft.key == above.key)
        return draft.identity is not None and draft.identity == above.identity

    def _take(
        self,
        draft: Draft,
        line: int,
        path: str,
        one: Field,
        text: str,
        into: dict[str, Any],
        name: str,
    ) -> None:
        try:
            value = one.parse(text, self.fmt)
        except ValueError as error:
            draft.errors.setdefault(path, (line, sentence(str(error))))
            return
        if isinstance(value, Decimal):
            draft.stated[path] = value
        if path == self.noun.identity:
            draft.identity = value
        if not one.readonly:
            into[name] = value

    # -- JSON --------------------------------------------------------------------------------------

    def _gather_json(self, documents: list[dict[str, Any]], found: Map[str, str | None]) -> None:
        readonly = {n for n, f in self.sight.own.items() if f.readonly}
        for line, item in enumerate(documents, 1):
            draft = Draft(line)
            for head, value in item.items():
                name = found[head]
                if head == self.mapping.external:
                    draft.external = str(value)[:120]
                if not name:
                    continue
                if name == self.noun.key:
                    draft.key = value if can_be_known_by(value) else str(value)[:60]
                if name == self.noun.identity and can_be_known_by(value):
                    draft.identity = value
                if name != self.noun.key and name not in readonly:
                    draft.payload[name] = value
            for name, text in self.mapping.constants.items():
                draft.payload.setdefault(name, text)
            for part in self.noun.lines:
                rows = item.get(part)
                draft.lines[part] = [line] * (len(rows) if isinstance(rows, list) else 0)
            self.drafts.append(draft)
