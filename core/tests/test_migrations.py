"""Migrations: one history a plugin, planned together, each step whole or not at all."""

from __future__ import annotations

from contextlib import closing
from typing import ClassVar

import pytest
from authoring import author as author
from sqlalchemy import Column, Integer, MetaData, Table, inspect, text

from dougong.errors import Refused
from dougong.migrations.heads import head_in, known_revisions
from dougong.migrations.locking import SomebodyMigrates, only_runner
from dougong.migrations.making import create_revision, differences_of
from dougong.migrations.migrator import DanglingKeys, Migrator
from dougong.migrations.planner import StepMissing, StepsInCircle
from dougong.migrations.rendering import render_item
from dougong.plugins.discovery import discover
from dougong.types import Exact, Id, Json, Moment, Price

STEP = """
    from alembic import op
    revision = "{revision}"
    down_revision = {before!r}
    plugin_depends = {depends!r}
    plugin_before = {first!r}
    def upgrade():
        op.execute("{up}")
    def downgrade():
        op.execute("{down}")
"""


def step(revision, before=None, depends=None, first=None, up="SELECT 1", down="SELECT 1"):
    text = STEP.format(
        revision=revision, before=before, depends=depends or {}, first=first or {}, up=up, down=down
    )
    return {f"migrations/{revision}.py": text}


@pytest.fixture
def database(databases):
    url = databases.copy([])
    yield url
    databases.drop(url)


def planned(url, *names):
    with closing(Migrator(url, discover().manifests.values())) as migrator:
        return [str(s) for s in migrator.plan(names)]


def upgrade(url, *names):
    with closing(Migrator(url, discover().manifests.values())) as migrator:
        return [str(s) for s in migrator.upgrade(names)]


def test_the_core_is_what_its_migrations_make(databases):
    url = databases.empty()
    assert differences_of(["core"], {}, url) == {"core": []}
    databases.drop(url)


def test_the_core_goes_down_to_nothing_and_up_again(databases):
    url = databases.empty()
    with closing(Migrator(url)) as migrator:
        migrator.upgrade(["core"])
        migrator.downgrade("core")
        assert inspect(migrator.engine).get_table_names() == []
        migrator.upgrade(["core"])
        assert migrator.differences("core") == []
    databases.drop(url)


def test_histories_are_interleaved_as_their_steps_say(author, database):
    author.write(
        "apple", files=step("apple_0001") | step("apple_0002", "apple_0001", {"pear": "pear_0001"})
    )
    author.write("pear", files=step("pear_0001", first={"plum": "plum_0001"}))
    author.write("plum", files=step("plum_0001"))

    order = planned(database, "plum", "apple", "pear")

    assert order.index("pear_0001") < order.index("plum_0001")
    assert order.index("pear_0001") < order.index("apple_0002")
    assert order.index("apple_0001") < order.index("apple_0002")
    assert upgrade(database, "plum", "apple", "pear") == order
    assert planned(database, "plum", "apple", "pear") == []


def test_a_step_whose_ground_is_missing_is_refused(author, database):
    author.write("apple", files=step("apple_0001", depends={"pear": "pear_0007"}))
    author.write("pear", files=step("pear_0001"))

    with pytest.raises(StepMissing, match="apple_0001 needs pear_0007 of pear"):
        planned(database, "apple", "pear")


def test_a_step_that_was_run_earlier_is_ground_enough(author, database):
    author.write("pear", files=step("pear_0001"))
    upgrade(database, "pear")
    author.write("apple", files=step("apple_0001", depends={"pear": "pear_0001"}))

    assert planned(database, "apple") == ["apple_0001"]


def test_steps_in_a_circle_are_named(author, database):
    author.write("apple", files=step("apple_0001", depends={"pear": "pear_0001"}))
    author.write("pear", files=step("pear_0001", depends={"apple": "apple_0001"}))

    with pytest.raises(StepsInCircle, match="waits for itself"):
        planned(database, "apple", "pear")


def test_a_step_that_fails_is_undone_whole_and_the_plan_goes_on_from_there(author, database):
    author.write(
        "apple",
        files=step("apple_0001", up="CREATE TABLE apple_one (id INTEGER PRIMARY KEY)")
        | {
            "migrations/apple_0002.py": """
    from alembic import op
    revision = "apple_0002"
    down_revision = "apple_0001"
    def upgrade():
        op.execute("CREATE TABLE apple_two (id INTEGER PRIMARY KEY)")
        op.execute("INSERT INTO apple_nothing VALUES (1)")
    def downgrade(): ...
    """
        },
    )

    with pytest.raises(Exception, match="apple_nothing"):
        upgrade(database, "apple")

    with closing(Migrator(database, discover().manifests.values())) as migrator:
        assert migrator.tables_of("apple") == ["apple_one"]
        assert migrator.current("apple") == "apple_0001"
    assert planned(database, "apple") == ["apple_0002"]


def test_rows_that_point_at_nothing_undo_the_step_on_sqlite(author, databases, database):
    if not database.startswith("sqlite"):
        pytest.skip("PostgreSQL refuses such rows by itself")
    files = step(
        "apple_0001",
        up="CREATE TABLE apple_one (id INTEGER PRIMARY KEY, "
        "company INTEGER REFERENCES core_company (id))",
    )
    author.write(
        "apple",
        files=files | step("apple_0002", "apple_0001", up="INSERT INTO apple_one VALUES (1, 99)"),
    )

    with pytest.raises(
        DanglingKeys, match="apple_0002 leaves rows that point at nothing: apple_one → core_company"
    ):
        upgrade(database, "apple")


def test_one_runner_at_a_time(database):
    with closing(Migrator(database)) as first, closing(Migrator(database)) as second:
        with (
            only_runner(first.engine),
            pytest.raises(SomebodyMigrates),
            only_runner(second.engine, 1),
        ):
            pass
        with only_runner(second.engine, 1):
            pass


def test_the_last_revision_is_read_without_running_the_files(tmp_path):
    (tmp_path / "a.py").write_text("revision = 'x_0001'\ndown_revision = None\n1/0")
    (tmp_path / "b.py").write_text("revision: str = \"x_0002\"\ndown_revision = 'x_0001'\n1/0")

    assert known_revisions(tmp_path) == {"x_0001": "", "x_0002": "x_0001"}
    assert head_in(tmp_path) == "x_0002"


def test_our_types_are_written_by_name():
    class Context:
        imports: ClassVar[set[str]] = set()

    written = [render_item("type", kind, Context) for kind in (Price, Exact(2), Moment(), Json, Id)]

    assert written == ["Exact(6)", "Exact(2)", "Moment()", "Json", "Id"]
    assert "from dougong.types import Exact" in Context.imports


MODEL = """
    from decimal import Decimal
    from sqlalchemy.orm import Mapped
    from dougong import Row, link_to
    from dougong_apple.db import Base

    class Thing(Row, Base):
        __tablename__ = "apple_thing"
        price: Mapped[Decimal]
        company_id: Mapped[int] = link_to("core_company.id")
"""

PROTECTIONS = """
    from dougong import protect, unprotect

    def protect_all(connection):
        protect(connection, "apple_thing", name="kept", sentence="Never.", on=("DELETE",))

    def unprotect_all(connection):
        unprotect(connection, "apple_thing", name="kept", on=("DELETE",))
"""


def test_a_history_is_written_from_the_models_with_its_protections(author, database):
    author.write(
        "apple",
        "def models(self):\n    from dougong_apple.models import Thing\n    return [Thing]",
        files={"models.py": MODEL, "protections.py": PROTECTIONS},
    )
    manifests = {"apple": discover().manifests["apple"]}

    path = create_revision("apple", "first", manifests, fresh=True)

    written = path.read_text()
    assert "from dougong.types import Exact, Id" in written
    assert "plugin_depends: dict[str, str] = {'core': 'core_0001'}" in written.replace('"', "'")
    assert "protect_all(op.get_bind())" in written
    assert upgrade(database, "apple") == ["apple_0001"]
    with closing(Migrator(database, manifests.values())) as migrator:
        assert migrator.differences("apple") == []
        script = migrator.sql("apple")
        assert "CREATE TABLE apple_thing" in script
        assert "Never." in script


def test_unknown_plugins_are_refused():
    with pytest.raises(Refused, match="There is no plugin “pear”"):
        create_revision("pear", "first", {})


def test_a_stray_table_of_ones_own_is_told_and_those_of_others_are_not(database):
    with closing(Migrator(database)) as migrator:
        list(__import__("dougong.core_plugin").core_plugin.core.models())
        with migrator.engine.begin() as connection:
            connection.execute(text("CREATE TABLE core_stray (id INTEGER)"))
            Table("pear_other", MetaData(), Column("id", Integer)).create(connection)
        assert [d[0] for d in migrator.differences("core")] == ["remove_table"]
