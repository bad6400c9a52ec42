"""What is counted in a unit, over all tables: a trigger for each, and a look for what is too fine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Integer,
    String,
    Table,
    case,
    cast,
    func,
    inspect,
    select,
    text,
    type_coerce,
)
from sqlalchemy.orm.attributes import instance_state

from dougong import Text, UnitOfWork, _, metadata, unprotect
from dougong_base.products.models import Product
from dougong_base.units.counting import MARK
from dougong_base.units.models import MOST_DIGITS, Unit

PRODUCTS, UNITS = Product.__table__, Unit.__table__
TOO_FINE = _("A quantity has more decimal places than its unit is counted with.")


class Found(NamedTuple):
    """A quantity that is too fine: whose, in which table, how much."""

    product: str
    table: str
    quantity: Decimal


class Counted(NamedTuple):
    """The quantities of these columns of a table have no more digits than the unit: a trigger.

    ``of`` is the column that tells the product, or the unit itself.
    """

    table: str
    columns: tuple[str, ...]
    of: str = "product_id"

    @property
    def _name(self) -> str:
        return f"counted_{self.of.removesuffix('_id')}"

    def put(self, connection: Connection) -> None:
        """Into the database. Whole quantities are let through without a look at anything."""
        changed = ", ".join((*self.columns, self.of))
        make = self._postgresql if connection.dialect.name == "postgresql" else self._sqlite
        for verb, when in (("INSERT", "INSERT"), ("UPDATE", f"UPDATE OF {changed}")):
            name = f"tr_{self.table}_{self._name}_{verb.lower()}"
            head = f"CREATE TRIGGER {name} BEFORE {when} ON {self.table} FOR EACH ROW"
            for statement in make(name, head):
                connection.execute(text(statement.replace(":", "\\:")))

    def _postgresql(self, name: str, head: str) -> list[str]:
        broken = " OR ".join(f"NEW.{c} <> trunc(NEW.{c})" for c in self.columns)
        finer = " OR ".join(f"NEW.{c} <> round(NEW.{c}, places)" for c in self.columns)
        return [
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$"
            f" DECLARE places integer; BEGIN places := ({self._digits});"
            f" IF {finer} THEN RAISE EXCEPTION '{TOO_FINE.message}'"
            " USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
            f"{head} WHEN ({broken}) EXECUTE FUNCTION {name}()",
        ]

    def _sqlite(self, _name: str, head: str) -> list[str]:
        # Quantities are stored as whole numbers of their last place.
        places = range(MOST_DIGITS + 1)
        steps = " ".join(f"WHEN {n} THEN {10 ** (MOST_DIGITS - n)}" for n in places)
        step = f"(CASE ({self._digits}) {steps} ELSE 1 END)"
        broken = " OR ".join(f"NEW.{c} % {10**MOST_DIGITS} <> 0" for c in self.columns)
        finer = " OR ".join(f"NEW.{c} % {step} <> 0" for c in self.columns)
        refuse = f"SELECT RAISE(ABORT, '{TOO_FINE.message}')"
        return [f"{head} WHEN ({broken}) AND ({finer}) BEGIN {refuse}; END"]

    @property
    def _digits(self) -> str:
        unit = f"NEW.{self.of}"
        if self.of == "product_id":
            unit = f"(SELECT unit_id FROM base_product WHERE id = {unit})"
        return f"SELECT digits FROM base_unit WHERE id = {unit}"

    def take(self, connection: Connection) -> None:
        """Out of the database."""
        verbs = ("INSERT", "UPDATE")
        unprotect(connection, self.table, name=self._name, on=verbs)
        if connection.dialect.name == "postgresql":
            for verb in verbs:
                name = f"tr_{self.table}_{self._name}_{verb.lower()}"
                connection.execute(text(f"DROP FUNCTION IF EXISTS {name}()"))


def counted(*models: type[Any]) -> list[Counted]:
    """The triggers of models, from the marks on their columns."""
    return [
        Counted(model.__table__.name, tuple(c.name for c in columns), of)
        for model in models
        for of, columns in _marked(model.__table__).items()
    ]


def keep_fine_rows(
    uow: UnitOfWork, marked: Mapping[str, str], rows: Sequence[Any]
) -> Iterator[tuple[Any, str, Text]]:
    """Refuse a unit fewer digits, and a product such a unit, while rows are counted more finely."""
    connection = uow.session.connection()
    for row in rows:
        name = "digits" if isinstance(row, Unit) else "unit_id"
        if not _changed(row, name):
            continue
        digits: int | None
        if isinstance(row, Unit):
            digits = row.digits
        else:
            digits = connection.scalar(select(UNITS.c.digits).where(UNITS.c.id == row.unit_id))
        if digits is None or digits >= MOST_DIGITS:
            continue
        whose = {"unit" if name == "digits" else "product": row.id}
        found = next(finer_than(connection, digits, **whose), None)
        if found is not None:
            yield (
                row,
                name,
                _(
                    "%(product)s is counted more finely already: there is a quantity of %(quantity)s."
                    " Keep the decimal places, or begin with another unit.",
                    product=found.product,
                    quantity=f"{found.quantity.normalize():f}",
                ),
            )


def _changed(row: Any, name: str) -> bool:
    """Whether a stored row has another value than before."""
    state = instance_state(row)
    before = state.committed_state
    return state.key is not None and name in before and before[name] != getattr(row, name)


def finer_than(
    connection: Connection, digits: int | None, *, unit: int = 0, product: int = 0
) -> Iterator[Found]:
    """One quantity a table that is finer than so many digits, or than its unit says (None)."""
    there = set(inspect(connection).get_table_names())
    for table in metadata.sorted_tables:
        if table.name not in there:
            continue
        for of, columns in _marked(table).items():
            for column in columns:
                query = _finer(connection, table, column, of, digits, unit, product)
                row = connection.execute(query).first() if query is not None else None
                if row is not None:
                    yield Found(row[0], table.name, row[1])


def _finer(
    connection: Connection,
    table: Table,
    column: Column[Any],
    of: str,
    digits: int | None,
    unit: int,
    product: int,
) -> Any:
    if of == "product_id":
        query = (
            select(PRODUCTS.c.code, column)
            .join_from(table, PRODUCTS, PRODUCTS.c.id == table.c[of])
            .join(UNITS, UNITS.c.id == PRODUCTS.c.unit_id)
        )
    elif product:
        return None
    else:
        query = select(cast(UNITS.c.code, String), column).join_from(
            table, UNITS, UNITS.c.id == table.c[of]
        )
    query = query.where(_beyond(connection, column, digits)).limit(1)
    if unit:
        query = query.where(UNITS.c.id == unit)
    return query.where(PRODUCTS.c.id == product) if product else query


def _beyond(connection: Connection, column: Column[Any], digits: int | None) -> Any:
    places: Any = UNITS.c.digits if digits is None else digits
    if connection.dialect.name == "postgresql":
        return column != func.round(column, cast(places, Integer))
    stored = type_coerce(column, BigInteger)
    if digits is not None:
        return stored % 10 ** (MOST_DIGITS - digits) != 0
    steps = {n: 10 ** (MOST_DIGITS - n) for n in range(MOST_DIGITS + 1)}
    return stored % case(steps, value=places, else_=1) != 0


def _marked(table: Table) -> dict[str, list[Column[Any]]]:
    found: dict[str, list[Column[Any]]] = {}
    for column in table.columns:
        if MARK in column.info:
            found.setdefault(column.info[MARK], []).append(column)
    return found
