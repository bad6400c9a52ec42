"""The files a plan reads, and the conditions that choose rows of them."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dougong.i18n import _
from dougong.importing.values import Row, WrongPlan

Condition = Callable[[Row], bool]


@dataclass
class Table:
    """A file of the source: its columns and its rows as texts."""

    name: str
    columns: set[str]
    rows: list[dict[str, str]] = field(repr=False)


@dataclass
class Source:
    """The folder of a plan's files; each is read once."""

    folder: Path
    encoding: str = "utf-8-sig"
    #: By resource, which document the plan imported under which external id.
    imported: Callable[[str], Mapping[str, int]] = lambda resource: {}
    _tables: dict[str, Table] = field(default_factory=dict)

    def table(self, name: str, at: str) -> Table:
        """The file of that name inside the folder; raises `WrongPlan` when it is not there."""
        if name not in self._tables:
            path = (self.folder / name).resolve()
            if not path.is_relative_to(self.folder.resolve()) or not path.is_file():
                raise WrongPlan(
                    _("%(at)s: there is no file “%(name)s” in the data folder.", at=at, name=name)
                )
            with path.open(encoding=self.encoding, newline="") as file:
                reader = csv.DictReader(file, restval="")
                rows = list(reader)
            if any(None in row for row in rows):
                raise WrongPlan(_("%(name)s: a row has more cells than the head.", name=name))
            self._tables[name] = Table(name, set(reader.fieldnames or ()), rows)
        return self._tables[name]

    def condition(self, spec: Any, columns: set[str], at: str) -> Condition:
        """``{shipped_date = {empty = false}, country = "France"}``: all must hold; none means every row."""
        if not spec:
            return lambda row: True
        tests: list[Condition] = []
        for column, wanted in spec.items():
            if column not in columns:
                raise WrongPlan(_("%(at)s: the file has no column “%(name)s”.", at=at, name=column))
            tests.append(_test(column, wanted, at))
        return lambda row: all(test(row) for test in tests)

    def membership(self, spec: Any, columns: set[str], at: str) -> Condition:
        """``{file, by, where}``: the row's ``by`` is that of a chosen row of another file."""
        if not spec:
            return lambda row: True
        if not isinstance(spec, Mapping) or set(spec) - {"file", "by", "where"} or "by" not in spec:
            raise WrongPlan(_("%(at)s: a membership is {file, by, where}.", at=at))
        other, by = self.table(spec["file"], at), spec["by"]
        if by not in columns or by not in other.columns:
            raise WrongPlan(_("%(at)s: the file has no column “%(name)s”.", at=at, name=by))
        where = self.condition(spec.get("where"), other.columns, f"{at}.where")
        chosen = {row[by] for row in other.rows if where(row)}
        return lambda row: row[by] in chosen


def _test(column: str, wanted: Any, at: str) -> Condition:
    if not isinstance(wanted, Mapping):
        text = str(wanted)
        return lambda row: (row[column] or "") == text
    match dict(wanted):
        case {"empty": bool(empty)}:
            return lambda row: (not (row[column] or "").strip()) is empty
        case {"in": list(several)}:
            words = {str(w) for w in several}
            return lambda row: (row[column] or "") in words
        case {"not": other}:
            text = str(other)
            return lambda row: (row[column] or "") != text
    raise WrongPlan(_("%(at)s: a condition is a text, {empty}, {in} or {not}.", at=at))
