"""Tables: one declarative base a plugin, one MetaData for the house, and what documents share."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from functools import cache
from typing import Any, ClassVar

from sqlalchemy import (
    Date,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    String,
    create_engine,
    event,
    inspect,
)
from sqlalchemy.orm import Mapped, MappedColumn, declared_attr, mapped_column

from dougong.mapping import map_lazily
from dougong.types import Amount, Id, Json, Moment

map_lazily()

#: A plugin's name; without underscore, so that a table's first token names its owner.
PLUGIN_NAME = re.compile(r"^[a-z][a-z0-9]{1,23}$")

#: Of all tables of all plugins, with the names that constraints get by themselves.
metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


#: How many statements a PostgreSQL connection keeps parsed and planned.
PREPARED = 1000


class WrongTable(Exception):
    """A table that does not carry its plugin's name."""


def owner_of(table: str) -> str:
    """The plugin a table belongs to: its first token."""
    if table.startswith("alembic_version_"):
        return table.removeprefix("alembic_version_")
    return table.split("_", 1)[0]


class Tables:
    """Mix into each plugin's own declarative base, beside `DeclarativeBase`.

    ``class Base(Tables, DeclarativeBase): __plugin__ = "crm"``. One registry a plugin keeps a
    wrong relationship in one plugin from breaking the queries of all.
    """

    __plugin__: ClassVar[str]
    metadata: ClassVar[MetaData] = metadata
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        int: Id,
        str: String(200),
        Decimal: Amount,
        dt.date: Date(),
        dt.datetime: Moment(),
        dict[str, Any]: Json,
    }

    def __init__(self, **values: Any) -> None:
        # A new row is stored from its values, not from SQLAlchemy's record of how each was set:
        # columns are taken over as they are, and only relationships and what is validated tell.
        plain, row = _plain_columns(type(self)), self.__dict__  # type: ignore[arg-type]
        for name, value in values.items():
            if name in plain:
                row[name] = value
            elif hasattr(type(self), name):
                setattr(self, name, value)
            else:
                raise TypeError(f"{type(self).__name__} has no {name!r}")

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        table = cls.__dict__.get("__table__")
        if table is None:
            return
        if owner_of(table.name) != cls.__plugin__:
            metadata.remove(table)
            raise WrongTable(
                f"{cls.__module__}.{cls.__qualname__}: the table {table.name!r} must be called"
                f" {cls.__plugin__}_… because it belongs to the plugin {cls.__plugin__!r}."
            )
        table.info["plugin"] = cls.__plugin__
        table.info["model"] = cls


@cache
def _plain_columns(model: type[Any]) -> frozenset[str]:
    """The attributes of a model that are columns and nothing more: nobody validates them."""
    mapper = inspect(model)
    keys = (column.key for column in mapper.column_attrs)
    return frozenset(key for key in keys if key not in mapper.validators)


class Row:
    """A row with a house-wide id, which the unit of work gives.

    A row that is entered with its document (an order line) says so with
    ``__part_of__ = "order_id"``: its changes are told in the document's history.
    """

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)

    #: The column that leads to the document this row is a part of.
    __part_of__: ClassVar[str] = ""
    #: Whether the history tells each change. Facts that never change need none.
    __audited__: ClassVar[bool] = False


class Record(Row):
    """Something people edit: it has a version, and its changes are remembered."""

    #: The resource that shows it (``crm.orders``); links and the history name it so.
    __document__: ClassVar[str] = ""
    __audited__: ClassVar[bool] = True

    version: Mapped[int] = mapped_column(Integer, default=1)


class Owned:
    """Belongs to one company; only those who may see the company see it."""

    @declared_attr
    def company_id(cls) -> Mapped[int]:
        """The company it belongs to."""
        return mapped_column(Id, ForeignKey("core_company.id", ondelete="RESTRICT"), index=True)


class Document(Owned, Record):
    """A record of one company: an order, an invoice, a warehouse."""


def link_to(column: str, *, ondelete: str = "RESTRICT", **options: Any) -> MappedColumn[Any]:
    """A foreign key column that says what happens when its target goes: ``link_to("base_party.id")``."""
    options.setdefault("index", True)
    kind = options.pop("type_", Id)
    return mapped_column(kind, ForeignKey(column, ondelete=ondelete), **options)


def make_engine(url: str, *, foreign_keys: bool = True, **options: Any) -> Engine:
    """Open the database with every safeguard on.

    SQLite: write-ahead log, full synchronisation, foreign keys, explicit transactions that begin
    as writers (``BEGIN IMMEDIATE``) unless the connection is marked for reading.
    PostgreSQL: lock and statement time limits, so that nothing waits for ever.
    """
    # What a statement was given may be secret; an error tells the statement alone.
    options.setdefault("hide_parameters", True)
    if url.startswith("sqlite"):
        engine = create_engine(url, **options)
        _guard_sqlite(engine, foreign_keys)
        return engine
    options.setdefault("pool_pre_ping", False)
    settings = "-c lock_timeout=8000 -c statement_timeout=60000 -c timezone=UTC -c jit=off"
    engine = create_engine(url, connect_args={"options": settings}, **options)

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        # An order alone takes some hundred different statements on its way; the driver keeps a
        # hundred prepared, and would plan each of them anew for every order.
        connection.prepared_max = PREPARED

    return engine


def _guard_sqlite(engine: Engine, foreign_keys: bool) -> None:
    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        # The driver must not open or close transactions behind our back.
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
            "busy_timeout=8000",
            "recursive_triggers=ON",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        reading = connection.get_execution_options().get("reading", False)
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
