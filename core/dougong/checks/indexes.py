"""Lists that many rows will make slow: sorted or filtered by what no index knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sqlalchemy import func, inspect, literal, select
from sqlalchemy.orm import Session

from dougong.i18n import Text, _
from dougong.resources.fields import Flag

if TYPE_CHECKING:
    from sqlalchemy import Inspector, Table

    from dougong.resources.fields import Field
    from dougong.resources.nouns import Noun

#: Below this a database looks at every row in no time.
MANY = 10_000


def without_index(session: Session, nouns: Iterable[Noun]) -> Iterator[Text]:
    """What the lists of large tables are sorted or filtered by, and no index begins with."""
    inspector = inspect(session.connection())
    for noun in nouns:
        table: Table = noun.mapper.local_table
        known = None
        for sentence, field in _asked(noun):
            if known is None:
                if not _many(session, table):
                    break
                known = _indexed(inspector, table.name)
            if field.column.name not in known:
                yield sentence


def _asked(noun: Noun) -> Iterator[tuple[Text, Field]]:
    """The noun's own columns that a list asks for; a yes or no is not worth an index."""
    said = {"noun": noun.label, "table": noun.mapper.local_table.name}
    first = noun.resource.sort.split(",")[0].lstrip("-")
    by_sort = noun.fields[first]
    if not by_sort.hops and by_sort.column is not None:
        yield (
            _(
                "The list “%(noun)s” is sorted by “%(field)s”, which no index of %(table)s begins"
                " with: it becomes slow.",
                field=by_sort.label,
                **said,
            ),
            by_sort,
        )
    for name in noun.filters:
        field = noun.fields[name]
        if not (field.hops or field.column is None or isinstance(field, Flag)) and name != first:
            yield (
                _(
                    "The list “%(noun)s” is filtered by “%(field)s”, which no index of %(table)s"
                    " begins with: it becomes slow.",
                    field=field.label,
                    **said,
                ),
                field,
            )


def _many(session: Session, table: Table) -> bool:
    some = select(literal(1)).select_from(table).limit(MANY).subquery()
    return (session.scalar(select(func.count()).select_from(some)) or 0) >= MANY


def _indexed(inspector: Inspector, table: str) -> set[str]:
    """Columns with which an index begins; one that begins with the company serves its second, too."""
    columns = [inspector.get_pk_constraint(table)["constrained_columns"]]
    columns += [unique["column_names"] for unique in inspector.get_unique_constraints(table)]
    found: list[list[str | None]] = [list(names) for names in columns]
    found += [index["column_names"] for index in inspector.get_indexes(table)]
    return {
        name
        for names in found
        for name in names[: 2 if names[:1] == ["company_id"] else 1]
        if name is not None
    }
