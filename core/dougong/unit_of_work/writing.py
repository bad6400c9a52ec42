"""One INSERT, UPDATE, DELETE or upsert a table, whatever the number of rows.

PostgreSQL gets arrays (``unnest``), so that the text never changes and is planned once. SQLite
gets ``executemany``, which is a loop in C.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Connection, Dialect, Table, inspect

from dougong.unit_of_work.arrays import as_array

Changes = Mapping[str, Any]
#: So many rows of columns go in one statement.
AT_ONCE = 50_000
#: Values that are often alike and cost something to encode.
ALIKE = (dt.date, Decimal)


class _Encoded(dict[Any, Any]):
    """Each different value encoded once: of a hundred thousand dates most are alike."""

    def __init__(self, encode: Callable[[Any], Any]) -> None:
        self._encode = encode
        self[None] = None

    def __missing__(self, value: Any) -> Any:
        found = self[value] = self._encode(value)
        return found


def _encoded(encode: Callable[[Any], Any], values: Sequence[Any]) -> list[Any]:
    if all(value is None or isinstance(value, ALIKE) for value in values):
        known = _Encoded(encode)
        return [known[value] for value in values]
    return [None if value is None else encode(value) for value in values]


class TableWriter:
    """What the unit of work sends to one table on one kind of database."""

    def __init__(self, model: type[Any], dialect: Dialect) -> None:
        mapper = inspect(model)
        self.model = model
        self.table: Table = mapper.local_table
        self.arrays = dialect.name == "postgresql"
        self.attributes = [mapper.get_property_by_column(c).key for c in self.table.columns]
        self._columns = dict(zip(self.attributes, self.table.columns, strict=True))
        self.names = {
            key: dialect.identifier_preparer.quote(c.name) for key, c in self._columns.items()
        }
        self.keys = [mapper.get_property_by_column(c).key for c in self.table.primary_key]
        #: What tells one balance from another: the primary key, or the model's own ``__balance_of__``.
        self.balance = tuple(getattr(model, "__balance_of__", ())) or tuple(self.keys)
        self.versioned = "version" in self._columns
        self._types = {k: c.type.compile(dialect) for k, c in self._columns.items()}
        self._encoders = {
            key: column.type.dialect_impl(dialect).bind_processor(dialect)
            for key, column in self._columns.items()
        }
        self.defaults = {
            key: column.default
            for key, column in self._columns.items()
            if column.default is not None
        }
        #: Attributes that lead to another row of the same table.
        self.own = [
            key
            for key, column in self._columns.items()
            if any(f.references(self.table) for f in column.foreign_keys)
        ]
        self._texts: dict[tuple[str, ...], str] = {}

    def start(self, row: Any) -> None:
        """Give a new row its defaults at once, so that its own rules can rely on them."""
        values = row.__dict__
        for key, default in self.defaults.items():
            if key not in values:
                values[key] = default.arg(None) if default.is_callable else default.arg

    def fill(self, rows: Sequence[Any]) -> None:
        """Give every column of new rows a value: what was set, its default, or nothing."""
        every = frozenset(self.attributes)
        for row in rows:
            self.start(row)
            values = row.__dict__
            for key in every - values.keys():
                values[key] = None

    def insert(self, connection: Connection, rows: Sequence[Any]) -> None:
        """Store new rows."""
        if self.own and not self.arrays and len(rows) > 1 and self._refer_to_each_other(rows):
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        text = self._insert_text()
        self._send(connection, text, self.attributes, [row.__dict__ for row in rows])

    def insert_columns(self, connection: Connection, columns: Mapping[str, Sequence[Any]]) -> None:
        """Store new rows that were never objects: every column whole, all of one length."""
        text, encoded = self._insert_text(), []
        for key in self.attributes:
            encode, values = self._encoders[key], columns[key]
            encoded.append(values if encode is None else _encoded(encode, values))
        for start in range(0, len(encoded[0]), AT_ONCE):
            parts = [values[start : start + AT_ONCE] for values in encoded]
            if self.arrays:
                connection.exec_driver_sql(text, tuple(as_array(part) for part in parts))
            else:
                connection.exec_driver_sql(text, list(zip(*parts, strict=True)))

    def _insert_text(self) -> str:
        text = self._texts.get(("insert",))
        if text is None:
            names = ", ".join(self.names[k] for k in self.attributes)
            text = f"INSERT INTO {self.table.name} ({names}) {self._source(self.attributes)}"
            self._texts["insert",] = text
        return text

    def _refer_to_each_other(self, rows: Sequence[Any]) -> bool:
        return any(row.__dict__[key] is not None for row in rows for key in self.own)

    def update(self, connection: Connection, keys: tuple[str, ...], rows: Sequence[Any]) -> int:
        """Store these attributes of changed rows; returns how many still had the version that was read."""
        where = (*self.keys, *(("version",) if self.versioned else ()))
        text = self._texts.get(keys)
        if text is None:
            text = self._texts[keys] = self._update_text(keys, where)
        values = [row.__dict__ for row in rows]
        given = (*where, *keys) if self.arrays else (*keys, *where)
        return self._send(connection, text, given, values)

    def delete(self, connection: Connection, rows: Sequence[Any]) -> int:
        """Remove rows; returns how many still had the version that was read."""
        where = (*self.keys, *(("version",) if self.versioned else ()))
        text = self._texts.get(("delete",))
        if text is None:
            match = " AND ".join(f"t.{self.names[k]} = v.{self.names[k]}" for k in where)
            if self.arrays:
                named = ", ".join(self.names[k] for k in where)
                keys = self._unnest(where)
                text = f"DELETE FROM {self.table.name} t USING {keys} AS v({named}) WHERE {match}"
            else:
                match = " AND ".join(f"{self.names[k]} = ?" for k in where)
                text = f"DELETE FROM {self.table.name} WHERE {match}"
            self._texts["delete",] = text
        return self._send(connection, text, where, [row.__dict__ for row in rows])

    def accumulate(self, connection: Connection, rows: Sequence[Changes]) -> None:
        """Add to rows that may not exist yet; rows come sorted by key, so that locks have one order."""
        given = tuple(rows[0])
        sums = [k for k in given if k not in self.balance and k not in self.keys]
        text = self._texts.get(("accumulate", *given))
        if text is None:
            table, names = self.table.name, self.names
            adds = ", ".join(f"{names[k]} = {table}.{names[k]} + excluded.{names[k]}" for k in sums)
            text = (
                f"INSERT INTO {table} ({', '.join(names[k] for k in given)}) {self._source(given)}"
                f" ON CONFLICT ({', '.join(names[k] for k in self.balance)}) DO UPDATE SET {adds}"
            )
            self._texts[("accumulate", *given)] = text
        self._send(connection, text, given, rows)

    def _update_text(self, keys: Sequence[str], where: Sequence[str]) -> str:
        table, names = self.table.name, self.names
        if not self.arrays:
            sets = [f"{names[k]} = ?" for k in keys] + ["version = version + 1"] * self.versioned
            match = " AND ".join(f"{names[k]} = ?" for k in where)
            return f"UPDATE {table} SET {', '.join(sets)} WHERE {match}"
        sets = [f"{names[k]} = v.n{i}" for i, k in enumerate(keys)]
        sets += ["version = t.version + 1"] * self.versioned
        given = [*(f"w{i}" for i in range(len(where))), *(f"n{i}" for i in range(len(keys)))]
        match = " AND ".join(f"t.{names[k]} = v.w{i}" for i, k in enumerate(where))
        return (
            f"UPDATE {table} t SET {', '.join(sets)}"
            f" FROM {self._unnest((*where, *keys))} AS v({', '.join(given)}) WHERE {match}"
        )

    def _source(self, keys: Iterable[str]) -> str:
        keys = list(keys)
        if self.arrays:
            return f"SELECT * FROM {self._unnest(keys)}"
        # Without WHERE, SQLite would read the ON of ON CONFLICT as a join.
        return f"VALUES ({', '.join('?' * len(keys))})"

    def _unnest(self, keys: Iterable[str]) -> str:
        return f"unnest({', '.join(f'%s::{self._types[k]}[]' for k in keys)})"

    def _send(
        self, connection: Connection, text: str, keys: Sequence[str], rows: Sequence[Changes]
    ) -> int:
        plan = [(key, self._encoders[key]) for key in keys]
        if self.arrays:
            columns = tuple(
                as_array(
                    [row[k] for row in rows]
                    if encode is None
                    else [None if row[k] is None else encode(row[k]) for row in rows]
                )
                for k, encode in plan
            )
            return connection.exec_driver_sql(text, columns).rowcount
        values = [
            tuple([row[k] if encode is None else encode(row[k]) for k, encode in plan])
            for row in rows
        ]
        return connection.exec_driver_sql(text, values).rowcount


@cache
def writer_for(model: type[Any], dialect: Dialect) -> TableWriter:
    """The writer of a model's table, made once for each kind of database."""
    return TableWriter(model, dialect)
