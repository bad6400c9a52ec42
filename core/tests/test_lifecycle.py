"""The life of a plugin, on an empty house: in and out, with its tables, its data, its dependents."""

from __future__ import annotations

import json
import threading

import pytest
from authoring import author as author
from sqlalchemy import inspect, text

from dougong.actors import Actor
from dougong.errors import PluginProblem, Refused
from dougong.plugins.catching_up import catch_up
from dougong.plugins.discovery import discover
from dougong.plugins.exporting import export_plugin, lines
from dougong.plugins.lifecycle import Lifecycle
from dougong.plugins.registry import Runtime
from dougong.plugins.telling import brings, brought, complaints, difference

MODELS = """
    from decimal import Decimal
    from typing import ClassVar
    from sqlalchemy.orm import Mapped
    from dougong import Record, link_to
    from dougong_{name}.db import Base

    class Thing(Record, Base):
        __tablename__ = "{name}_thing"
        __document__: ClassVar[str] = "{name}.things"
        label: Mapped[str]
        price: Mapped[Decimal]
        {column}
"""

FIRST = """
    import sqlalchemy as sa
    from alembic import op
    from dougong.types import Exact, Id

    revision = "{name}_0001"
    down_revision = None
    plugin_depends: dict[str, str] = {depends}

    def upgrade():
        op.create_table(
            "{name}_thing",
            sa.Column("id", Id, autoincrement=False, nullable=False),
            sa.Column("version", sa.Integer(), nullable=False),
            sa.Column("label", sa.String(200), nullable=False),
            sa.Column("price", Exact(3), nullable=False),
            {column}
            sa.PrimaryKeyConstraint("id", name=op.f("pk_{name}_thing")),
        )

    def downgrade():
        op.drop_table("{name}_thing")
"""

SECOND = """
    import sqlalchemy as sa
    from alembic import op

    revision = "apple_0002"
    down_revision = "apple_0001"

    def upgrade():
        with op.batch_alter_table("apple_thing") as table:
            table.add_column(sa.Column("colour", sa.String(200)))
            table.alter_column("label", type_=sa.String(300), existing_type=sa.String(200))

    def downgrade():
        with op.batch_alter_table("apple_thing") as table:
            table.alter_column("label", type_=sa.String(200), existing_type=sa.String(300))
            table.drop_column("colour")
"""

APPLE = """
def models(self):
    from dougong_apple.models import Thing
    return [Thing]
def views(self):
    return [("v_apple", "SELECT id, label FROM apple_thing")]
def seed(self, uow):
    from sqlalchemy import select
    from dougong_apple.models import Thing
    if uow.session.scalar(select(Thing.id).limit(1)) is None:
        from decimal import Decimal
        uow.add(Thing(label="first", price=Decimal("1.500")))
"""

CHERRY_COLUMN = 'apple_id: Mapped[int] = link_to("apple_thing.id", ondelete="CASCADE", index=False)'
CHERRY_SQL = (
    'sa.Column("apple_id", Id, sa.ForeignKey("apple_thing.id", ondelete="CASCADE",'
    ' name="fk_cherry_thing_apple_id"), nullable=False),'
)


def write_apple(author, body=APPLE, version="1.0", **more):
    files = {
        "models.py": MODELS.format(name="apple", column=more.pop("column", "")),
        "migrations/apple_0001_first.py": FIRST.format(name="apple", column="", depends={}),
    }
    author.write("apple", body, version=version, files=files | more.pop("files", {}), **more)


def write_cherry(author):
    author.write(
        "cherry",
        "def models(self):\n    from dougong_cherry.models import Thing\n    return [Thing]",
        requires=["apple"],
        files={
            "models.py": MODELS.format(name="cherry", column=CHERRY_COLUMN),
            "migrations/cherry_0001_first.py": FIRST.format(
                name="cherry", column=CHERRY_SQL, depends={"apple": "apple_0001"}
            ),
        },
    )


@pytest.fixture
def orchard(author, databases):
    """A house without plugins, and two on the machine: cherry stands on apple."""
    write_apple(author)
    write_cherry(author)
    url = databases.copy([])
    opened = []

    def open_lifecycle():
        opened.append(Lifecycle(url, discover()))
        return opened[-1]

    yield open_lifecycle
    for lifecycle in opened:
        lifecycle.close()
    databases.drop(url)


def states(lifecycle, names=("apple", "cherry")):
    return {s.name: s.state for s in lifecycle.standings() if s.name in names}


def labels(lifecycle, table="apple_thing"):
    with lifecycle.engine.connect() as connection:
        return list(connection.scalars(text(f"SELECT label FROM {table} ORDER BY id")))


def generations(lifecycle):
    snapshot = lifecycle.snapshot()
    return snapshot.generation, snapshot.restart_generation


def test_installing_brings_what_a_plugin_stands_on_its_tables_views_and_first_data(orchard):
    life = orchard()

    doings = life.install(["cherry"])

    assert doings.plugins == ["apple", "cherry"]
    assert doings.steps == ["apple_0001", "cherry_0001"]
    assert states(life) == {"apple": "installed", "cherry": "installed"}
    assert labels(life) == ["first"]
    with life.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM v_apple")) == 1


def test_a_dry_run_changes_nothing(orchard):
    life = orchard()
    before = generations(life)

    doings = life.install(["cherry"], dry_run=True)

    assert doings.steps == ["apple_0001", "cherry_0001"]
    assert states(life) == {"apple": "available", "cherry": "available"}
    assert generations(life) == before


def test_seeding_twice_changes_nothing(orchard):
    life = orchard()
    life.install(["apple"], enable=True)
    life.disable(["apple"])

    life.enable(["apple"])

    assert labels(life) == ["first"]


def test_refusals_name_names(orchard):
    life = orchard()
    with pytest.raises(PluginProblem, match=r"apple is not installed: run `dougong plugin install"):
        life.enable(["apple"])
    life.install(["cherry"])
    with pytest.raises(PluginProblem, match=r"Enable apple first: cherry needs it."):
        life.enable(["cherry"])
    life.enable(["apple", "cherry"])
    with pytest.raises(PluginProblem, match=r"Disable cherry first: apple is needed there."):
        life.disable(["apple"])
    with pytest.raises(PluginProblem, match=r"Disable apple first."):
        life.uninstall("apple", purge=False)
    life.disable(["apple", "cherry"])
    with pytest.raises(PluginProblem, match=r"Uninstall cherry first: apple is needed there."):
        life.uninstall("apple", purge=True)


def test_only_commands_that_change_something_raise_the_generation(orchard):
    life = orchard()
    start, restart = generations(life)

    life.install(["apple"])
    life.enable(["apple"])
    life.enable(["apple"])
    life.standings()

    assert generations(life) == (start + 2, restart)


def test_a_plugin_that_fails_is_refused_before_a_table_is_made(orchard, author):
    author.write("sick", code="1 / 0")
    life = orchard()

    with pytest.raises(PluginProblem, match="sick cannot be imported"):
        life.install(["sick"])

    assert "sick" not in life.snapshot().rows


def test_data_that_were_kept_are_found_again(orchard):
    life = orchard()
    life.install(["apple"], enable=True)
    life.disable(["apple"])

    life.uninstall("apple", purge=False)
    assert states(life)["apple"] == "available"
    doings = life.install(["apple"], enable=True)

    assert doings.found_again == ["apple"]
    assert doings.steps == []
    assert labels(life) == ["first"]
    assert states(life)["apple"] == "enabled"


def test_purged_data_are_gone_and_a_new_install_begins_anew(orchard):
    life = orchard()
    life.install(["apple"])
    _generation, restart = generations(life)

    life.uninstall("apple", purge=True)

    tables = inspect(life.engine).get_table_names()
    assert not [t for t in tables if "apple" in t]
    assert "v_apple" not in inspect(life.engine).get_view_names()
    assert generations(life)[1] > restart
    assert life.install(["apple"]).steps == ["apple_0001"]


def test_an_export_tells_every_row_exactly(orchard, tmp_path):
    life = orchard()
    life.install(["apple"])
    path = tmp_path / "apple.jsonl"

    counts = export_plugin(life.engine, life.found, "apple", path)

    head, row = lines(path)
    assert counts == {"apple_thing": 1}
    assert (head["plugin"], head["revision"], head["raw"]) == ("apple", "apple_0001", False)
    assert row["table"] == "apple_thing"
    assert row["row"]["price"] == "1.500"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_package_that_is_gone_leaves_its_data_to_be_exported_and_purged(
    orchard, author, tmp_path
):
    life = orchard()
    life.install(["apple"], enable=True)
    for path in author.folder.glob("dougong_*-*.dist-info/entry_points.txt"):
        path.unlink()
    author.restart()

    life = orchard()
    (standing,) = [s for s in life.standings() if s.name == "apple"]
    assert standing.state == "missing"
    assert "There is no plugin “apple” on this machine" in str(standing.why)

    counts = export_plugin(life.engine, life.found, "apple", tmp_path / "gone.jsonl")
    assert counts == {"apple_thing": 1}
    assert next(lines(tmp_path / "gone.jsonl"))["raw"] is True
    assert life.purge("apple") == ["apple_thing"]
    assert "apple" not in life.snapshot().rows
    assert not [t for t in inspect(life.engine).get_table_names() if "apple" in t]


def test_a_purge_is_refused_while_others_point_there(orchard):
    life = orchard()
    life.install(["cherry"])
    life.uninstall("cherry", purge=False)
    life.uninstall("apple", purge=False)

    with pytest.raises(PluginProblem, match="Tables of cherry point at those of apple"):
        life.purge("apple")

    life.purge("cherry")
    life.purge("apple")
    assert life.tables_of("apple") == []


def upgraded_apple(author):
    author.restart()
    body = APPLE + (
        "def upgraded(self, uow, before):\n    from dougong_apple.models import Thing\n"
        "    from decimal import Decimal\n"
        "    uow.add(Thing(label='since ' + before, price=Decimal(0)))\n"
        "def permissions(self):\n    from dougong import Permission\n"
        "    return [Permission('apple.thing.paint', 'Paint')]\n"
    )
    write_apple(
        author,
        body,
        version="1.1",
        column="colour: Mapped[str | None]",
        files={"migrations/apple_0002_colour.py": SECOND},
    )


def test_a_newer_package_waits_until_it_is_upgraded(orchard, author):
    life = orchard()
    life.install(["cherry"], enable=True)
    with life.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO cherry_thing SELECT 7, 1, 'red', price, id FROM apple_thing")
        )
    upgraded_apple(author)

    life = orchard()
    assert states(life)["apple"] == "pending"
    waiting = Runtime(life.url)
    assert str(waiting.failed["apple"]) == (
        "apple has a migration that was not run yet (apple_0002): run `dougong plugin upgrade apple`."
    )
    assert str(waiting.failed["cherry"]) == "cherry needs apple, which failed."
    waiting.close()

    before, after = brought(life.engine, "apple"), None
    _generation, restart = generations(life)
    doings = life.upgrade(["apple"])

    assert doings.steps == ["apple_0002"]
    assert labels(life) == ["first", "since 1.0"]
    # SQLite built the table anew; what points at it is still there.
    assert labels(life, "cherry_thing") == ["red"]
    assert generations(life)[1] > restart
    assert states(life) == {"apple": "enabled", "cherry": "enabled"}
    with life.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM v_apple")) == 2
    after = brought(life.engine, "apple")
    assert difference(before, after)["rights"] == {"added": ["apple.thing.paint"], "gone": []}
    assert life.upgrade().steps == []


def test_a_package_older_than_the_database_is_refused(orchard, author):
    upgraded_apple(author)
    life = orchard()
    life.install(["apple"], enable=True)
    author.restart()
    (author.folder / "dougong_apple/migrations/apple_0002_colour.py").unlink()
    write_apple(author)

    life = orchard()
    (standing,) = [s for s in life.standings() if s.name == "apple"]

    assert standing.state == "pending"
    assert "The database is newer than the package: apple is at apple_0002" in str(standing.why)
    with pytest.raises(Refused, match="The database is newer than the package"):
        life.upgrade(["apple"])


def test_two_upgrades_at_a_time_run_each_step_once(orchard, author):
    life = orchard()
    life.install(["apple"])
    upgraded_apple(author)
    found = discover()
    steps, errors = [], []
    barrier = threading.Barrier(2)

    def run():
        mine = Lifecycle(life.url, found)
        try:
            barrier.wait()
            with mine._migrator() as migrator:
                steps.extend(migrator.upgrade(["core", "apple"]))
        except Exception as error:
            errors.append(error)
        finally:
            mine.close()

    with life.engine.begin() as connection:
        connection.execute(text("DROP VIEW v_apple"))
    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert not errors
    assert [str(step) for step in steps] == ["apple_0002"]


TELLER = """
from dataclasses import dataclass
from dougong import Event, Plugin, Reaction, Replay

@dataclass(frozen=True, slots=True, kw_only=True)
class ApplePicked(Event):
    weight: int

class Apple(Plugin):
    def models(self):
        from dougong_apple.models import Thing
        return [Thing]
    def replays(self):
        return [Replay(ApplePicked, missed)]

def missed(uow):
    from sqlalchemy import select
    from dougong_apple.models import Thing
    told = set(uow.session.scalars(select(Thing.label)))
    return [ApplePicked(weight=w) for w in (1, 2, 3) if str(w) not in told]

plugin = Apple()
"""

LISTENER = """
from dougong import Plugin, Reaction
from dougong_apple.plugin import ApplePicked

def weigh(uow, events):
    from decimal import Decimal
    from dougong_apple.models import Thing
    for event in events:
        uow.add(Thing(label=str(event.weight), price=Decimal(event.weight)))

class Scales(Plugin):
    def reactions(self):
        return [Reaction(ApplePicked, weigh)]

plugin = Scales()
"""


def test_a_plugin_enabled_later_acts_on_what_it_has_missed_and_only_once(orchard, author):
    write_apple(author, code=TELLER)
    author.write("scales", code=LISTENER, requires=["apple"])
    life = orchard()
    life.install(["scales"], enable=True, seed=False)
    runtime = Runtime(life.url)

    seen = catch_up(runtime, "scales", [1], dry_run=True)
    assert [(m.event, m.count) for m in seen] == [("ApplePicked", 3)]
    assert labels(life) == []
    catch_up(runtime, "scales", [1])
    again = catch_up(runtime, "scales", [1])

    assert labels(life) == ["1", "2", "3"]
    assert again == []
    with pytest.raises(PluginProblem, match=r"cherry is not enabled."):
        catch_up(runtime, "cherry", [1])
    runtime.close()


CHOOSY = (
    LISTENER.replace("weigh)]", "weigh, news=heavy)]")
    + """

def heavy(uow, events):
    from sqlalchemy import select
    from dougong_apple.models import Thing
    known = set(uow.session.scalars(select(Thing.label)))
    return [event for event in events if event.weight > 1 and str(event.weight) not in known]
"""
)
FORGETFUL = TELLER.replace("if str(w) not in told", "")


def test_who_reacts_leaves_out_what_it_has_acted_on_though_the_teller_does_not_know(
    orchard, author
):
    write_apple(author, code=FORGETFUL)
    author.write("scales", code=CHOOSY, requires=["apple"])
    life = orchard()
    life.install(["scales"], enable=True, seed=False)
    runtime = Runtime(life.url)

    first = catch_up(runtime, "scales", [1])
    again = catch_up(runtime, "scales", [1])

    assert [m.count for m in first] == [2]
    assert again == []
    assert labels(life) == ["2", "3"]
    runtime.close()


def test_the_doctor_finds_what_does_not_run(orchard, author):
    life = orchard()
    life.install(["apple"], enable=True)
    assert complaints(life.engine, life.found, life.standings()) == []
    author.restart()
    write_apple(author, code="1 / 0")

    life = orchard()

    (said,) = complaints(life.engine, life.found, life.standings())
    assert said.startswith("apple: apple cannot be imported: ZeroDivisionError")


def test_hooks_are_called_at_their_time(orchard, author):
    said = ["installed", "enabled", "disabled", "uninstalled"]
    body = "\n".join(
        f"def {hook}(self, uow):\n    import dougong_apple.db as db\n"
        f"    db.said = [*getattr(db, 'said', []), '{hook}']"
        for hook in said
    )
    write_apple(author, body)
    life = orchard()

    life.install(["apple"], enable=True)
    life.disable(["apple"])
    life.uninstall("apple", purge=True)

    import dougong_apple.db

    assert dougong_apple.db.said == said


def test_standings_are_told_to_programs_as_well(orchard):
    life = orchard()
    life.install(["apple"])

    told = json.dumps([s.as_dict() for s in life.standings()])

    assert '"installed_version": "1.0"' in told


def test_an_unready_database_is_told_in_a_sentence(databases):
    url = databases.empty()
    if url.startswith("sqlite"):
        with pytest.raises(Exception, match=r"There is no database at .* run `dougong init`"):
            Runtime(url)
    else:
        with pytest.raises(Exception, match="This database has no house in it yet"):
            Runtime(url)
    databases.drop(url)


def test_what_a_plugin_brings_is_told_before_it_is_installed(orchard):
    from dougong.plugins.building import assemble

    life = orchard()
    built = assemble(life.found, {"apple"})

    assert brings(built, life.found.manifests["apple"])["tables"] == ["apple_thing"]
    assert Actor.system().name == "system"
