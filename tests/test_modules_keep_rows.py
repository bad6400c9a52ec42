"""A module goes and comes back, is upgraded, leaves with an export: no row is lost on the way."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import inspect, text

from dougong import Actor
from dougong.db import owner_of
from dougong.demo_site import bring_to_life
from dougong.plugins import lifecycle, registry
from dougong.plugins.discovery import Discovery, discover
from dougong.plugins.exporting import lines
from dougong.plugins.registry import Runtime

MODULES = ("crm", "inventory", "finance")
every_module = pytest.mark.parametrize("module", MODULES)
#: What the house keeps about its modules, processes and spare numbers changes as they come and go.
ABOUT_MODULES = ("alembic_version_", "core_plugin", "core_registry", "core_worker", "core_id_block")
#: Of each module a table that is protected, points at others and is pointed at.
BUSIEST = {"crm": "crm_order", "inventory": "inventory_move", "finance": "finance_entry"}

NEWER = """
import sqlalchemy as sa
from alembic import op
from dougong.types import Id

revision = "{module}_0002"
down_revision = "{module}_0001"


def upgrade():
    op.create_table(
        "{module}_news",
        sa.Column("id", Id, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_{module}_news")),
    )
    # SQLite builds the table anew for this.
    with op.batch_alter_table("{table}") as table:
        table.add_column(sa.Column("remark", sa.String(200), nullable=False, server_default="-"))
        table.create_check_constraint("remark_said", "remark <> ''")


def downgrade():
    with op.batch_alter_table("{table}") as table:
        table.drop_column("remark")
    op.drop_table("{module}_news")
"""


@pytest.fixture
def company(runtime):
    """A company that sold, shipped, invoiced and was paid: the demo's."""
    bring_to_life(runtime, Actor.system(), "en")
    return runtime


@pytest.fixture
def newer(monkeypatch, tmp_path):
    """Let a module have a newer package from now on, with a revision that alters its busiest table."""

    def publish(module):
        found = discover()
        manifest = found.manifests[module]
        root = shutil.copytree(manifest.root, tmp_path / f"newer_{module}")
        revision = root / "migrations" / f"{module}_0002_news.py"
        revision.write_text(NEWER.format(module=module, table=BUSIEST[module]))
        manifests = found.manifests | {module: replace(manifest, version="99.0", root=root)}
        newest = Discovery(manifests, found.problems)
        for room in (lifecycle, registry):
            monkeypatch.setattr(room, "discover", lambda: newest)

    return publish


@every_module
def test_a_module_goes_through_its_whole_life_and_keeps_every_row(
    module, company, run_cli, newer, tmp_path
):
    before = Rows(company.engine)
    assert before.count(module) > 20
    export = tmp_path / "rows.jsonl"

    def dougong(*words):
        done = run_cli(*words)
        assert done.exit_code == 0, done.output
        return done

    dougong("plugin", "disable", module, "--yes")
    assert before.changed() == {}
    dougong("check")
    dougong("plugin", "enable", module)
    assert before.changed() == {}
    dougong("check")

    newer(module)
    assert run_cli("plugin", "list").exit_code == 1  # pending
    dougong("plugin", "upgrade", module, "--yes")
    assert before.changed() == {}
    assert before.lost_protections() == set()
    dougong("check")

    dougong("plugin", "disable", module, "--yes")
    dougong("plugin", "uninstall", module, "--yes", "--export", str(export))
    assert before.changed() == {}
    assert Counter(line["table"] for line in list(lines(export))[1:]) == before.counts_of(module)
    dougong("check")

    again = dougong("plugin", "install", module, "--enable", "--yes")
    assert f"The data of {module} are still there" in again.stderr
    assert before.changed() == {}
    dougong("check")
    dougong("plugin", "doctor")
    with_all_of_them = Runtime(company.url)
    assert (set(with_all_of_them.loaded), with_all_of_them.failed) == (set(company.loaded), {})
    with_all_of_them.close()


@every_module
def test_a_module_that_is_purged_takes_no_row_of_another_with_it(
    module, company, run_cli, tmp_path
):
    export = tmp_path / "rows.jsonl"
    before = Rows(company.engine)

    def dougong(*words):
        done = run_cli(*words)
        assert done.exit_code == 0, done.output

    dougong("plugin", "disable", module, "--yes")
    dougong("plugin", "uninstall", module, "--purge", "--yes", "--export", str(export))

    after = Rows(company.engine)
    assert before.counts_of(module) == Counter(one["table"] for one in list(lines(export))[1:])
    assert after.counts_of(module) == {}
    others = {table for table in before.changed() if owner_of(table) != module}
    assert others == {"core_audit", "core_audit_chain", "core_document_link", "core_series_gap"}
    dougong("check")
    dougong("plugin", "install", module, "--enable", "--yes")
    dougong("check")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["disable", "base"], "Disable crm, finance, "),
        (["uninstall", "base"], "Disable base first."),
        (["uninstall", "crm"], "Disable crm first."),
        (["purge", "crm"], "crm is in the house: uninstall it with --purge instead."),
        (["disable", "payroll"], "There is no plugin “payroll” on this machine"),
        (["uninstall", "payroll"], "There is no plugin “payroll” on this machine"),
        (["upgrade", "payroll"], "There is no plugin “payroll” on this machine"),
        (["install", "payroll"], "There is no plugin “payroll” on this machine"),
        (["purge", "payroll"], "There are no data of “payroll” in this database."),
        (["export", "payroll"], "There are no data of “payroll” in this database."),
    ],
)
def test_what_cannot_be_done_to_a_module_is_refused_with_a_sentence(
    words, sentence, run_cli, house
):
    before = Rows(house.engine)

    refused = run_cli("plugin", *words, *([] if words[0] == "export" else ["--yes"]))

    assert refused.exit_code == 1
    assert refused.stderr.startswith(sentence)
    assert (refused.stderr.count("\n"), refused.stdout) == (1, "")
    assert before.changed(but=()) == {}


def test_a_module_that_was_taken_out_is_not_enabled_before_it_is_installed(run_cli, runtime):
    for words in (("disable", "crm", "--yes"), ("uninstall", "crm", "--yes")):
        assert run_cli("plugin", *words).exit_code == 0

    refused = run_cli("plugin", "enable", "crm")

    assert refused.exit_code == 1
    assert refused.stderr == "crm is not installed: run `dougong plugin install crm`.\n"


def test_what_was_done_already_changes_nothing(run_cli, runtime):
    before = Rows(runtime.engine)

    for words in (("enable", "crm"), ("install", "crm", "--enable", "--yes"), ("upgrade", "--yes")):
        done = run_cli("plugin", *words, "--json")
        assert (done.exit_code, json.loads(done.stdout)["plugins"]) == (0, [])

    assert before.changed(but=()) == {}


class Rows:
    """Every row of a database as it was, to be compared with what it is."""

    def __init__(self, engine):
        self.engine = engine
        look = inspect(engine)
        self.columns = {
            table: [column["name"] for column in look.get_columns(table)]
            for table in look.get_table_names()
        }
        self.were = self._read()
        self.protections = self._protections()

    def count(self, module):
        return sum(self.counts_of(module).values())

    def counts_of(self, module):
        """How many rows there are in each table of a module that has any."""
        return {
            table: count
            for table, (count, _sum) in self.were.items()
            if owner_of(table) == module and count and not table.startswith(ABOUT_MODULES)
        }

    def changed(self, but=ABOUT_MODULES):
        """The tables whose rows are not what they were, with the number before and after."""
        now = self._read()
        return {
            table: (was[0], now.get(table, ("gone", ""))[0])
            for table, was in self.were.items()
            if now.get(table) != was and not table.startswith(tuple(but))
        }

    def lost_protections(self):
        """Triggers that were there and are not."""
        return self.protections - self._protections()

    def _read(self):
        with self.engine.connect() as connection:
            there = set(inspect(connection).get_table_names())
            return {table: _digest(connection, table, self.columns[table])
                    for table in self.columns if table in there}  # fmt: skip

    def _protections(self):
        kept = "sqlite_master WHERE type = 'trigger'"
        if self.engine.dialect.name == "postgresql":
            kept = "pg_trigger WHERE NOT tgisinternal"
        name = "tgname" if "pg_" in kept else "name"
        with self.engine.connect() as connection:
            return set(connection.scalars(text(f"SELECT {name} FROM {kept}")))


def _digest(connection, table, columns):
    """How many rows there are, and what they say, column by column."""
    chosen = ", ".join(f'"{column}"' for column in columns)
    rows = sorted(map(repr, connection.execute(text(f'SELECT {chosen} FROM "{table}"')).all()))
    return len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()
