"""Which rows break a CHECK of their table, asked before the database refuses the whole file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, TextClause, inspect, literal, select, text, union_all
from sqlalchemy.sql.elements import Grouping

from dougong.i18n import Text
from dougong.unit_of_work.refusals import sentence_of_rule

if TYPE_CHECKING:
    from dougong.resources.fields import Field
    from dougong.resources.nouns import Noun
    from dougong.unit_of_work import UnitOfWork

#: Rows asked about with one statement.
MANY = 100


def rules_broken(
    uow: UnitOfWork, noun: Noun, documents: Sequence[Any]
) -> list[dict[str, Text | str]]:
    """For each document what its row, its side rows and its lines break, by path."""
    found: list[dict[str, Text | str]] = [{} for _document in documents]
    for rows in _tables(noun, documents):
        fields = {f.column.name: name for name, f in rows.fields.items()}
        for rule, columns in _rules(rows.model):
            for n in _breaking(uow, rows, rule, columns):
                place, before = rows.places[n]
                name = fields.get(_meant(rule, columns), "")
                path = f"{before}{name}" if name else before.rstrip(".")
                found[place].setdefault(path, sentence_of_rule(rule))
    return found


class _Rows:
    """The rows of one table: the document each belongs to, and where it stands in it."""

    def __init__(self, model: type[Any], fields: dict[str, Field]) -> None:
        self.model, self.fields = model, fields
        self.rows: list[Any] = []
        self.places: list[tuple[int, str]] = []

    def add(self, row: Any, place: int, before: str) -> None:
        self.rows.append(row)
        self.places.append((place, before))


def _tables(noun: Noun, documents: Sequence[Any]) -> Iterator[_Rows]:
    own = _Rows(noun.model, {n: f for n, f in noun.fields.items() if "." not in n})
    for place, document in enumerate(documents):
        own.add(document, place, "")
    yield own
    for name, lines in noun.lines.items():
        part = _Rows(lines.model, {n: f for n, f in lines.fields.items() if "." not in n})
        for place, document in enumerate(documents):
            for at, line in enumerate(getattr(document, name)):
                part.add(line, place, f"{name}.{at}.")
        yield part
    for extension in noun.extensions:
        before = f"{extension.plugin}."
        fields = {n.removeprefix(before): f for n, f in noun.fields.items() if n.startswith(before)}
        side = _Rows(extension.side, fields)
        for place, document in enumerate(documents):
            if (row := getattr(document, noun.side(extension), None)) is not None:
                side.add(row, place, before)
        yield side


def _rules(model: type[Any]) -> Iterator[tuple[CheckConstraint, list[Any]]]:
    """The rules of a table, each with the columns it names."""
    table = inspect(model).local_table
    for rule in sorted(table.constraints, key=lambda c: str(c.name)):
        if isinstance(rule, CheckConstraint):
            words = set(re.findall(r"\w+", str(rule.sqltext)))
            columns = [c for c in table.columns if c.name in words]
            if columns:
                yield rule, columns


def _meant(rule: CheckConstraint, columns: Sequence[Any]) -> str:
    """The column a rule is about: the one its name says, or the only one it looks at."""
    told = [c.name for c in columns if c.name in str(rule.name)]
    if told:
        return str(max(told, key=len))
    return str(columns[0].name) if len(columns) == 1 else ""


def _breaking(
    uow: UnitOfWork, rows: _Rows, rule: CheckConstraint, columns: Sequence[Any]
) -> Iterator[int]:
    """The rows, by their place, of which the rule is false; where it cannot be told it holds."""
    mapper = inspect(rows.model)
    keys = [mapper.get_property_by_column(c).key for c in columns]
    clause = Grouping(_clause(uow, rule))
    for start in range(0, len(rows.rows), MANY):
        said = union_all(
            *(
                select(
                    literal(n).label("at_"),
                    *(
                        literal(getattr(row, k), c.type).label(c.name)
                        for k, c in zip(keys, columns, strict=True)
                    ),
                )
                for n, row in enumerate(rows.rows[start : start + MANY], start)
            )
        ).subquery("said")
        # Not through the session, which would first write what is being asked about.
        yield from uow.session.connection().scalars(select(said.c.at_).where(~clause))


def _clause(uow: UnitOfWork, rule: CheckConstraint) -> Any:
    """The rule without the name of its table."""
    if isinstance(rule.sqltext, TextClause):
        return rule.sqltext
    dialect = uow.session.connection().dialect
    compiler = dialect.ddl_compiler(dialect, None).sql_compiler  # type: ignore[arg-type]
    said = compiler.process(rule.sqltext, include_table=False, literal_binds=True)
    return text(said.replace("%%", "%").replace(":", r"\:"))
