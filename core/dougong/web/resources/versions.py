"""A document as it was: any two of its versions side by side, told backwards from what it is now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dougong.resources.fields import Field
from dougong.unit_of_work import history

if TYPE_CHECKING:
    from dougong.audit.models import AuditEntry
    from dougong.resources.sight import Sight


@dataclass
class Version:
    """What a document said after an entry of its history: its own values, and those of its lines."""

    own: dict[str, Any]
    #: Lines by the table they stand in and their id.
    lines: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A field of the comparison: what both versions say, as the history keeps it."""

    field: Field
    before: Any
    after: Any

    @property
    def same(self) -> bool:
        """Whether both say the same."""
        return bool(_blank(self.before) == _blank(self.after))


@dataclass(frozen=True)
class LineRow:
    """A line of either version; ``fate`` is added, removed or changed."""

    key: str
    fate: str
    cells: Sequence[Row]


@dataclass(frozen=True)
class Compared:
    """Two versions side by side; lines by the table of the form they stand in."""

    rows: Sequence[Row]
    lines: Mapping[str, Sequence[LineRow]]


def name_of(entry: AuditEntry) -> str:
    """What an entry is called in an address."""
    return f"{entry.chain}.{entry.seq}"


def versions(
    sight: Sight, document: Any, entries: Sequence[tuple[AuditEntry, Mapping[str, Any]]]
) -> dict[str, Version]:
    """The document after each entry, by the entry's name; the entries begin with the last."""
    found: dict[str, Version] = {}
    now = _now(sight, document)
    for entry, changes in entries:
        if entry.action not in ("create", "change"):
            continue
        found[name_of(entry)] = Version(
            dict(now.own),
            {t: {k: dict(r) for k, r in rows.items()} for t, rows in now.lines.items()},
        )
        _undo(now, changes)
    return found


def compare(sight: Sight, before: Version, after: Version) -> Compared:
    """Field by field what the versions say; of lines only those that differ."""
    rows = [Row(f, before.own.get(f.key), after.own.get(f.key)) for f in sight.own.values()]
    shown = [row for row in rows if not (_blank(row.before) is None and _blank(row.after) is None)]
    lines = {}
    for name, part in sight.noun.lines.items():
        table, fields = part.model.__tablename__, sight.line_fields(name)
        old, new = before.lines.get(table, {}), after.lines.get(table, {})
        told = []
        for key in dict.fromkeys([*old, *new]):
            one, other = old.get(key), new.get(key)
            cells = [
                Row(f, (one or {}).get(f.key), (other or {}).get(f.key)) for f in fields.values()
            ]
            if all(cell.same for cell in cells):
                continue
            fate = "added" if one is None else "removed" if other is None else "changed"
            told.append(LineRow(key, fate, cells))
        if told:
            lines[name] = told
    return Compared(shown, lines)


def _now(sight: Sight, document: Any) -> Version:
    own = {f.key: _kept(getattr(document, f.key)) for f in sight.own.values()}
    lines = {}
    for name, part in sight.noun.lines.items():
        keys = [f.key for f in sight.line_fields(name).values()]
        lines[part.model.__tablename__] = {
            str(line.id): {key: _kept(getattr(line, key)) for key in keys}
            for line in getattr(document, name)
        }
    return Version(own, lines)


def _kept(value: Any) -> Any:
    """A value as the history keeps it."""
    if value is None or isinstance(value, str | int | bool):
        return value
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return history.plain(value)


def _undo(now: Version, changes: Mapping[str, Any]) -> None:
    for name, change in changes.items():
        if isinstance(change, list) and len(change) == 2:
            if name in now.own:
                now.own[name] = change[0]
        elif isinstance(change, dict):
            rows = now.lines.setdefault(name, {})
            for key, line in change.items():
                before = rows.get(key, {}) | {k: pair[0] for k, pair in line.items()}
                if any(value is not None for value in before.values()):
                    rows[key] = before
                else:
                    rows.pop(key, None)  # it was entered then


def _blank(value: Any) -> Any:
    return None if value in ("", None) else str(value)
