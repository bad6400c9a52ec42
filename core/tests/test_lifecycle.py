"""The life of a plugin, on an empty house: in and out, with its tables, its data, its dependents."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from authoring import author as author
from orchard import (
    FIRST,
    generations,
    labels,
    states,
    write_apple,
)
from orchard import orchard as orchard
from sqlalchemy import func, insert, inspect, select, text

from dougong.activities.models import Activity
from dougong.actors import Actor
from dougong.errors import PluginProblem
from dougong.following.models import Follower
from dougong.notices.models import Notice
from dougong.people.users.models import User
from dougong.plugins.exporting import export_plugin, lines
from dougong.plugins.registry import Runtime
from dougong.plugins.telling import brings, complaints
from dougong.tags.models import DocumentTag, Tag


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


@pytest.mark.parametrize(("purge", "left"), [(False, 2), (True, 1)])
def test_what_colleagues_put_beside_its_documents_goes_with_a_plugin_that_is_purged(
    orchard, purge, left
):
    """Apples and appletrees are two plugins; only the first one goes."""
    life = orchard()
    life.install(["apple"])
    now = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    with life.engine.begin() as connection:
        connection.execute(insert(User).values(id=900, version=1, login="ann", name="Ann"))
        for at, name in ((910, "apple"), (920, "appletree")):
            place = {"document": f"{name}.things", "document_id": at}
            connection.execute(insert(Follower).values(id=at, user_id=900, since=now, **place))
            connection.execute(
                insert(Notice).values(
                    id=at, user_id=900, kind="note", facts={}, company_id=1, at=now, **place
                )
            )
            tag = insert(Tag).values(id=at, version=1, family=name, name="Red", key="red")
            connection.execute(tag)
            connection.execute(insert(DocumentTag).values(id=at, tag_id=at, **place))
            connection.execute(
                insert(Activity).values(
                    id=at, version=1, kind_id=2, summary="Call", about="", assignee_id=900,
                    company_id=1, due_on=now.date(), state="planned", **place,
                )
            )  # fmt: skip

    life.uninstall("apple", purge=purge)

    with life.engine.connect() as connection:
        for model in (Follower, Notice, Tag, DocumentTag, Activity):
            assert connection.scalar(select(func.count()).select_from(model)) == left, model


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


def test_the_doctor_finds_what_does_not_run(orchard, author):
    life = orchard()
    life.install(["apple"], enable=True)
    assert complaints(life.engine, life.found, life.standings()) == []
    author.restart()
    write_apple(author, code="1 / 0")

    life = orchard()

    (said,) = complaints(life.engine, life.found, life.standings())
    assert said.startswith("apple: apple cannot be imported: ZeroDivisionError")


@pytest.fixture
def rewritten(orchard, author):
    """Its author has written the first revision anew, with a column more; the house has the old table."""
    life = orchard()
    life.install(["apple"], enable=True)
    author.restart()
    more = 'sa.Column("colour", sa.String(200)), sa.Column("weight", sa.Integer()),'
    fresh = FIRST.format(name="apple", column=more, depends={}).replace(
        "def downgrade():", 'def downgrade():\n        op.drop_column("apple_thing", "weight")'
    )
    column = "colour: Mapped[str | None]\n        weight: Mapped[int | None]"
    write_apple(author, column=column, files={"migrations/apple_0001_first.py": fresh})
    return orchard()


def test_the_doctor_tells_tables_that_are_not_what_the_models_say_and_the_way_out(rewritten):
    (said,) = complaints(rewritten.engine, rewritten.found, rewritten.standings())

    assert "the database lacks apple_thing.colour, apple_thing.weight." in said
    assert "`dougong plugin uninstall apple --purge`" in said


def test_tables_of_before_are_exported_as_they_are_and_taken_out(rewritten, tmp_path):
    rewritten.disable(["apple"])
    counts = export_plugin(rewritten.engine, rewritten.found, "apple", tmp_path / "old.jsonl")
    rewritten.uninstall("apple", purge=True)
    rewritten.install(["apple"], enable=True)

    _head, row = lines(tmp_path / "old.jsonl")
    assert counts == {"apple_thing": 1}
    assert (row["row"]["label"], row["row"]["price"]) == ("first", "1.500")
    assert "colour" not in row["row"]
    assert complaints(rewritten.engine, rewritten.found, rewritten.standings()) == []


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
