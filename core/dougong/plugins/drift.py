"""Tables that are not what a plugin's models say: its first revision was written anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator

from sqlalchemy import Engine, inspect

from dougong.db import metadata, owner_of
from dougong.i18n import Text, _


def drift(engine: Engine, names: Collection[str]) -> Iterator[Text]:
    """A sentence for each of these plugins whose tables lack what its imported models have."""
    with engine.connect().execution_options(reading=True) as connection:
        look = inspect(connection)
        there = {
            table: {column["name"] for column in columns}
            for (_schema, table), columns in look.get_multi_columns().items()
        }
    missing: dict[str, list[str]] = defaultdict(list)
    for table in metadata.tables.values():
        owner = owner_of(table.name)
        if owner not in names:
            continue
        if table.name not in there:
            missing[owner].append(table.name)
        else:
            lacking = {column.name for column in table.columns} - there[table.name]
            for column in sorted(lacking):
                missing[owner].append(f"{table.name}.{column}")
    for name, things in sorted(missing.items()):
        yield _(
            "%(name)s: the database lacks %(things)s. The models have changed, and no revision says"
            " so: write one with `dougong migrations create %(name)s -m what`. Where its first"
            " revision was written anew, take the tables of before out and let the new ones in:"
            " `dougong plugin disable %(name)s`, `dougong plugin uninstall %(name)s --purge`,"
            " `dougong plugin install %(name)s --enable`.",
            name=name,
            things=", ".join(sorted(things)[:8]),
        )
