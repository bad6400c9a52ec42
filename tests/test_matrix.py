"""Every choice of departments is a house of its own: its tables come and go as one."""

from __future__ import annotations

from itertools import combinations

import pytest
from sqlalchemy import inspect

from dougong.plugins.discovery import discover
from dougong.plugins.order import in_order

DEPARTMENTS = ("crm", "inventory", "finance")
CHOICES = [("base", *chosen) for size in range(4) for chosen in combinations(DEPARTMENTS, size)]
every_choice = pytest.mark.parametrize("chosen", CHOICES, ids="+".join)


@every_choice
def test_the_tables_of_every_choice_go_up_and_down_and_up_again(chosen, databases):
    from dougong.migrations.migrator import Migrator

    manifests = discover().manifests
    ordered = in_order(chosen, manifests)
    url = databases.empty()
    migrator = Migrator(url, manifests.values())
    migrator.upgrade(["core"])
    core = _tables(migrator)

    migrator.upgrade(["core", *ordered])
    first = _tables(migrator)
    for name in reversed(ordered):
        migrator.downgrade(name)
    between = _tables(migrator)
    migrator.upgrade(["core", *ordered])
    second = _tables(migrator)
    migrator.close()
    databases.drop(url)

    assert between == core
    assert second == first
    assert {name.split("_")[0] for name in first.keys() - core.keys()} == {*chosen, "alembic"}


def _tables(migrator):
    """Every table with its columns."""
    inspector = inspect(migrator.engine)
    return {
        name: sorted(column["name"] for column in inspector.get_columns(name))
        for name in inspector.get_table_names()
    }
