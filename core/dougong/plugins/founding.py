"""A new house: the core's tables and the first company."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Engine, insert, select

from dougong.companies.models import Company
from dougong.core_plugin import core
from dougong.db import make_engine
from dougong.migrations.migrator import Migrator
from dougong.migrations.views import create_views


@dataclass(frozen=True, kw_only=True)
class Founding:
    """What is known of the first company."""

    code: str = "MAIN"
    name: str = "My Company"
    currency: str = "EUR"
    country: str | None = None
    timezone: str = "UTC"
    language: str = "en"


def found_house(url: str, company: Founding) -> bool:
    """Make the core's tables and the first company; a house that stands already is left as it is.

    Says whether there was a company to make.
    """
    migrator = Migrator(url)
    migrator.upgrade(["core"])
    migrator.close()
    engine = make_engine(url)
    try:
        complete_tables(engine, ["core"])
        with engine.begin() as connection:
            create_views(connection, dict(core.views()))
            if connection.scalar(select(Company.id).limit(1)) is not None:
                return False
            connection.execute(
                insert(Company).values(
                    id=1,
                    version=1,
                    code=company.code,
                    name=company.name,
                    currency=company.currency,
                    country=company.country,
                    timezone=company.timezone,
                    language=company.language,
                    active=True,
                )
            )
        return True
    finally:
        engine.dispose()


def complete_tables(engine: Engine, plugins: list[str]) -> None:
    """Make tables that no migration makes yet. Only until the first release."""
    from dougong.db import metadata, owner_of

    list(core.models())
    tables = [table for table in metadata.sorted_tables if owner_of(table.name) in plugins]
    with engine.begin() as connection:
        metadata.create_all(connection, tables=tables)
