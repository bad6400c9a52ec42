"""From rows of the source to the documents they describe."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from dougong.importing.outcome import Trouble
from dougong.importing.plan import ImportStep, LinesSpec
from dougong.importing.source import Source, Table
from dougong.importing.values import Row, Value, WrongValue, value


@dataclass
class Described:
    """A document as the source describes it: where it stands, what it is called, what it says."""

    row: int
    external_id: str
    payload: dict[str, Any]
    #: For each line of the payload, where it stands: ``lines.3`` is row 17 of a file.
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)


class Describer:
    """Reads a step's specification once and its rows one by one."""

    def __init__(self, step: ImportStep, source: Source) -> None:
        self.step, self.table = step, source.table(step.file, step.name)
        columns = self.table.columns
        self.where = source.condition(step.where, columns, f"{step.name}.where")
        self.id = value(step.id, source, columns, f"{step.name}.id")
        self.fields = _values(step.fields, source, columns, f"{step.name}.fields")
        self.lines = [_Lines(spec, source, self.table, step) for spec in step.lines]

    def documents(self) -> Iterator[Described]:
        """Every document of the file, those with troubles too."""
        chosen = [(n, row) for n, row in enumerate(self.table.rows, 2) if self.where(row)]
        for n, row in chosen[:1] if self.step.single else chosen:
            yield self._describe(n, row)

    def _describe(self, n: int, row: Row) -> Described:
        found = Described(n, "", {})
        given = self._read(found, self.step.file, n, {"id": self.id, **self.fields}, row)
        found.external_id = str(given.pop("id", "") or "")
        found.payload = given
        for lines in self.lines:
            kept = found.payload.setdefault(lines.spec.to, [])
            for file, at, other in lines.rows(n, row, single=self.step.single):
                found.places[f"{lines.spec.to}.{len(kept)}"] = (file, at)
                kept.append(self._read(found, file, at, lines.fields, other))
        return found

    def _read(
        self, found: Described, file: str, n: int, fields: Mapping[str, Value], row: Row
    ) -> dict[str, Any]:
        given: dict[str, Any] = {}
        for name, read in fields.items():
            try:
                given[name] = read(row)
            except WrongValue as wrong:
                found.troubles.append(Trouble(file, n, wrong.column, wrong.sentence))
        return {name: said for name, said in given.items() if said is not None}

    def trouble(self, found: Described, path: str, sentence: Any) -> Trouble:
        """An error at a field of the document, told at the place of the source it came from."""
        *owner, field_name = path.split(".")
        file, row = found.places.get(".".join(owner), (self.step.file, found.row))
        spec = self.step.fields.get(path, field_name)
        column = spec if isinstance(spec, str) else spec.get("column", path)
        return Trouble(file, row, column or path, sentence)


class _Lines:
    """The rows that become one kind of lines."""

    def __init__(self, spec: LinesSpec, source: Source, head: Table, step: ImportStep) -> None:
        self.spec, self.head = spec, head
        at = f"{step.name}.lines.{spec.to}"
        self.table = source.table(spec.file, at) if spec.file else head
        self.fields = _values(spec.fields, source, self.table.columns, at)
        self.where = source.condition(spec.where, self.table.columns, f"{at}.where")
        self.when = source.condition(spec.when, head.columns, f"{at}.when")
        self.index: dict[str, list[tuple[int, Row]]] = defaultdict(list)
        if spec.file:
            for n, row in enumerate(self.table.rows, 2):
                if self.where(row):
                    self.index[row[spec.by] if spec.by else ""].append((n, row))

    def rows(self, n: int, row: Row, *, single: bool) -> Iterator[tuple[str, int, Row]]:
        """The rows of this document's lines, with their places."""
        if self.spec.file:
            key = row[self.spec.equals or self.spec.by] if self.spec.by else ""
            for at, other in self.index[key]:
                yield self.spec.file, at, other
        elif single:
            for at, other in enumerate(self.table.rows, 2):
                if self.where(other) and self.when(other):
                    yield self.table.name, at, other
        elif self.when(row):
            yield self.table.name, n, row


def _values(
    fields: Mapping[str, Any], source: Source, columns: set[str], at: str
) -> dict[str, Value]:
    return {name: value(spec, source, columns, f"{at}.{name}") for name, spec in fields.items()}
