"""A plugin's tables go for good: by its own history, or, where its package is gone, one by one."""

from __future__ import annotations

from contextlib import closing, suppress
from typing import Any

from sqlalchemy import Engine, MetaData, delete, inspect, or_, select, text
from sqlalchemy.exc import DBAPIError

from dougong.activities.models import Activity
from dougong.custom.models import CustomValues
from dougong.db import make_engine, owner_of
from dougong.errors import PluginProblem
from dougong.files.models import File
from dougong.following.models import Follower
from dougong.i18n import _
from dougong.jobs.acting import of_all_companies
from dougong.links.models import DocumentLink
from dougong.migrations.locking import only_runner
from dougong.migrations.migrator import Migrator
from dougong.notes.models import Note
from dougong.notices.models import Notice
from dougong.plugins.discovery import Discovery
from dougong.series.models import SeriesCounter, SeriesGap
from dougong.tags.models import DocumentTag, Tag
from dougong.unit_of_work import House, UnitOfWork

#: What stands beside a plugin's documents in tables of the core.
BESIDE: tuple[Any, ...] = (Note, File, Follower, Notice, Activity, DocumentTag)


def purge_tables(url: str, engine: Engine, found: Discovery, name: str) -> None:
    """Drop everything whose name begins with the plugin's, and the links that led to its documents."""
    if others := pointing_at(engine, name):
        raise PluginProblem(
            _(
                "Tables of %(others)s point at those of %(name)s: purge them first.",
                others=", ".join(others),
                name=name,
            )
        )
    manifest = found.manifests.get(name)
    if manifest is not None and manifest.migrations is not None:
        with closing(Migrator(url, [manifest])) as migrator:
            if migrator.current(name):
                # A history that was written anew does not know the tables of before; they go anyway.
                with suppress(DBAPIError):
                    migrator.downgrade(name)
    _drop_what_is_left(url, name)
    _account_for_numbers(engine, name)


def pointing_at(engine: Engine, name: str) -> list[str]:
    """The other plugins whose tables have foreign keys into this one's."""
    look = inspect(engine)
    return sorted(
        {
            owner_of(table)
            for table in look.get_table_names()
            if owner_of(table) != name
            for key in look.get_foreign_keys(table)
            if owner_of(key["referred_table"]) == name
        }
    )


def _drop_what_is_left(url: str, name: str) -> None:
    engine = make_engine(url, foreign_keys=False)
    with only_runner(engine), engine.begin() as connection:
        there = MetaData()
        there.reflect(connection, only=lambda table, _meta: owner_of(table) == name)
        mine = [t for t in there.tables.values() if owner_of(t.name) == name]
        there.drop_all(connection, tables=mine)
        connection.execute(text(f'DROP TABLE IF EXISTS "alembic_version_{name}"'))
        ends = (DocumentLink.from_kind, DocumentLink.to_kind)
        gone = or_(*(end.startswith(f"{name}.", autoescape=True) for end in ends))
        connection.execute(delete(DocumentLink).where(gone))
        mine_too = CustomValues.kind.startswith(f"{name}_", autoescape=True)
        connection.execute(delete(CustomValues).where(mine_too))
        for model in BESIDE:
            own = model.document.startswith(f"{name}.", autoescape=True)
            connection.execute(delete(model).where(own))
        connection.execute(delete(Tag).where(Tag.family == name))
    engine.dispose()


def _account_for_numbers(engine: Engine, name: str) -> None:
    """The numbers that went with the documents stand in the register of gaps; nobody gets them again."""
    house = House(engine)

    def act(uow: UnitOfWork) -> None:
        mine = SeriesCounter.bearer.startswith(f"{name}.", autoescape=True)
        counters = uow.session.scalars(select(SeriesCounter).where(mine, SeriesCounter.last > 0))
        uow.add(
            *(
                SeriesGap(
                    company_id=counter.company_id, kind=counter.kind, year=counter.year, first=1,
                    final=counter.last, reason="The documents were purged with their module.",
                    by="dougong plugin purge", at=uow.now,
                )
                for counter in counters
            )
        )  # fmt: skip

    house.run(of_all_companies(house), act)
