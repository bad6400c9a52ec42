"""Who refers to documents: every foreign key of the house, and the links between documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Table, inspect, select
from sqlalchemy.orm import Session

from dougong.db import metadata
from dougong.i18n import Text, _
from dougong.links.models import DocumentLink
from dougong.resources.documents.beside import named

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun
    from dougong.unit_of_work import House

#: So many keys are asked for with one statement.
BATCH = 500


def referring(
    session: Session, house: House, noun: Noun, documents: Sequence[Any]
) -> dict[Any, Text | str]:
    """By key, the documents that something outside of them refers to, and what does.

    What goes along with a document when it is deleted does not count, nor do they among themselves.
    """
    found: dict[Any, Text | str] = {}
    owners = {getattr(one, noun.key): getattr(one, noun.key) for one in documents}
    targets = {noun.model.__table__: owners}
    for name, part in noun.lines.items():
        rows = {line.id: getattr(one, noun.key) for one in documents for line in getattr(one, name)}
        targets[part.model.__table__] = rows
    there = set(inspect(session.connection()).get_table_names())
    for table in metadata.sorted_tables:
        if table.name not in there:
            continue
        for column, target in _pointing(table, targets):
            for key in _used(session, column, table, targets, target):
                found.setdefault(targets[target][key], _used_by(house, table))
    if noun.key == "id":
        found |= {k: w for k, w in _linked(session, noun, set(owners)).items() if k not in found}
    return found


def _pointing(table: Table, targets: dict[Table, Any]) -> Iterator[tuple[Any, Table]]:
    """The columns of a table that point at what is to go and do not go with it."""
    for key in table.foreign_keys:
        if key.column.table in targets and key.column.primary_key and key.ondelete != "CASCADE":
            yield key.parent, key.column.table


def _used(
    session: Session, column: Any, table: Table, targets: dict[Table, Any], target: Table
) -> Iterator[Any]:
    """Which keys of the target a column names, told by others than those that go."""
    keys = list(targets[target])
    own = targets.get(table, {})
    mine = next(iter(table.primary_key.columns))
    for start in range(0, len(keys), BATCH):
        some = keys[start : start + BATCH]
        for key, row in session.execute(select(column, mine).where(column.in_(some))):
            if row not in own:
                yield key


def _used_by(house: House, table: Table) -> Text:
    """In whose words a table is told: those of the noun it belongs to."""
    for noun in getattr(house, "nouns", None) or ():
        if noun.model.__table__ is table or any(
            part.model.__table__ is table for part in noun.lines.values()
        ):
            return _("is used in %(label)s", label=noun.label)
    return _("is used elsewhere")


def _linked(session: Session, noun: Noun, ids: set[int]) -> dict[Any, Text | str]:
    """Documents that led to others, or came of them."""
    kind, found = named(noun), dict[Any, "Text | str"]()
    ordered = sorted(ids)
    for start in range(0, len(ordered), BATCH):
        some = ordered[start : start + BATCH]
        statement = select(
            DocumentLink.from_kind, DocumentLink.from_id, DocumentLink.to_kind, DocumentLink.to_id
        ).where(
            ((DocumentLink.from_kind == kind) & DocumentLink.from_id.in_(some))
            | ((DocumentLink.to_kind == kind) & DocumentLink.to_id.in_(some))
        )
        for from_kind, from_id, to_kind, to_id in session.execute(statement):
            ends = [id for k, id in ((from_kind, from_id), (to_kind, to_id)) if k == kind]
            if len(ends) == 2 and ids.issuperset(ends):
                continue
            for id in ids.intersection(ends):
                found[id] = _("led to other documents")
    return found
