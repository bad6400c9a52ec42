"""Fields that an administrator adds: in form, list, filter, group, file, API and history."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from sqlalchemy import select, text
from werkzeug.datastructures import MultiDict

from dougong.actors import Actor
from dougong.audit.models import AuditEntry
from dougong.custom.hanging import side_of
from dougong.custom.models import CustomValues
from dougong.errors import Invalid
from dougong.files.models import File
from dougong.plugins.registry import Runtime
from dougong.resources import documents, lists
from dougong.resources.steps import run_one
from dougong.web.app import create_app
from dougong_base import Party

ME = Actor.system(name="Ana")
FIELDS = [
    {"name": "motto", "label": "Motto", "label_zh": "口号", "kind": "text"},
    {"name": "score", "label": "Score", "kind": "number", "digits": 2, "indexed": True},
    {"name": "budget", "label": "Budget", "kind": "money"},
    {"name": "since", "label": "Since", "kind": "date"},
    {"name": "vip", "label": "Important", "kind": "flag"},
    {"name": "wood", "label": "Wood", "kind": "choice", "indexed": True,
     "choices": "oak = Oak = 橡木\nash = Ash"},
    {"name": "agent", "label": "Agent", "kind": "link", "target": "base.parties"},
]  # fmt: skip


def add_fields(runtime, fields=FIELDS, noun="base.parties"):
    """Make fields as the form would, and the house as it is built then."""
    own = runtime.nouns.get("core.custom-fields")
    sight = own.sight(ME.rights)
    keys = {}
    for field in fields:
        document = runtime.house.run(
            ME, lambda uow, field=field: documents.save(uow, own, sight, {"noun": noun, **field})
        )
        keys[field["name"]] = document.id
    return Runtime(runtime.url, runtime.config), keys


@pytest.fixture
def own(make_runtime):
    """A house whose parties have a field of every kind, and two parties that use them."""
    runtime, keys = add_fields(make_runtime("base"))
    noun = runtime.nouns.get("base.parties")
    sight = noun.sight(ME.rights)

    def enter(code, name, **values):
        entry = {"code": code, "name": name, "kind": "organisation", "custom": values}
        return runtime.house.run(ME, lambda uow: documents.save(uow, noun, sight, entry).id)

    acme = enter(
        "A1", "Acme", motto="Well cut", score="4.25", budget="1000.500", since="2026-03-01",
        vip=True, wood="oak",
    )  # fmt: skip
    bolt = enter("B1", "Bolt", score="10", wood="ash", agent=acme)
    yield SimpleNamespace(
        runtime=runtime, noun=noun, sight=sight, acme=acme, bolt=bolt, enter=enter, keys=keys
    )
    runtime.close()


def found(own, **asked):
    """The names in the list, as asked for in its address."""
    query = lists.parse(MultiDict({"columns": "name", **asked}), own.sight)
    with own.runtime.house.read(ME) as session:
        found, _after, _before = lists.rows(session, query)
        return [row[1] for row in found]


def test_every_kind_of_value_is_kept_exactly(own):
    with own.runtime.house.read(ME) as session:
        acme = documents.get(session, own.noun, own.sight, own.acme)
        data = documents.read(own.noun, acme, own.sight)
        kept = session.get(CustomValues, own.acme).values

    assert data["custom.score"] == Decimal("4.25")
    assert data["custom.budget"] == Decimal("1000.500")
    assert data["custom.since"] == dt.date(2026, 3, 1)
    assert data["custom.vip"] is True
    assert kept == {
        "motto": "Well cut", "score": 425, "budget": 1000500, "since": "2026-03-01", "vip": 1,
        "wood": "oak",
    }  # fmt: skip


def test_a_removed_field_is_gone_from_the_next_house_of_the_same_process(own):
    fields = own.runtime.nouns.get("core.custom-fields")
    sight = fields.sight(ME.rights)
    assert {"motto", "agent"} <= side_of(Party).__custom_fields__.keys()

    for name in ("motto", "agent"):
        key = own.keys[name]
        own.runtime.house.run(ME, lambda uow, key=key: run_one(uow, fields, sight, "remove", key))
    again = Runtime(own.runtime.url, own.runtime.config)

    assert side_of(Party).__custom_fields__.keys() == {"score", "budget", "since", "vip", "wood"}
    assert side_of(Party).__custom_links__ == {}
    assert "custom.motto" not in again.nouns.get("base.parties").fields
    again.close()


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"custom.motto.has": "CUT"}, ["Acme"]),
        ({"custom.score.ge": "4.3"}, ["Bolt"]),
        ({"custom.score": "4.25"}, ["Acme"]),
        ({"custom.budget.lt": "1000.6"}, ["Acme"]),
        ({"custom.since.ge": "2026-03-01"}, ["Acme"]),
        ({"custom.vip": "true"}, ["Acme"]),
        ({"custom.wood": "ash"}, ["Bolt"]),
        ({"sort": "-custom.score", "custom.score.ge": "0"}, ["Bolt", "Acme"]),
        ({"custom.agent.empty": "false"}, ["Bolt"]),
    ],
)
def test_lists_are_filtered_and_sorted_by_own_fields(own, asked, names):
    assert found(own, **asked) == names


def test_what_does_not_fit_is_refused_with_a_sentence_and_nothing_is_saved(own):
    for wrong in ({"wood": "iron"}, {"score": "1.234"}, {"since": "soon"}, {"agent": 12}, {"x": 1}):
        with pytest.raises(Invalid):
            own.enter("C1", "Never", **wrong)

    assert found(own, name="Never") == []


def test_pages_api_and_files_know_own_fields(own):
    client = create_app(own.runtime, {**own.runtime.config, "ACT_AS": ME}).test_client()

    form = client.get(f"/base/parties/{own.acme}").text
    said = client.get(f"/api/v1/base/parties/{own.bolt}").json
    grouped = client.get("/base/parties?group=custom.wood").text
    listed = client.get("/base/parties?columns=name,custom.agent,custom.wood").text
    table = client.get("/base/parties/export.csv?columns=name,custom.wood,custom.score").text
    changed = client.patch(f"/api/v1/base/parties/{own.bolt}", json={"custom": {"motto": "New"}})

    assert "Motto" in form
    assert "Well cut" in form
    assert said["custom"]["score"] == "10"
    assert said["custom"]["agent"] == own.acme
    assert "Oak" in grouped
    assert "Acme" in listed
    assert "4.25" in table
    assert changed.status_code == 200
    assert changed.json["custom"]["wood"] == "ash"
    description = client.get("/api/v1/openapi.json").text
    assert '"motto"' in description


def test_labels_are_in_the_readers_language(own):
    client = create_app(own.runtime, {**own.runtime.config, "ACT_AS": ME}).test_client()
    client.set_cookie("language", "zh_Hans_CN")
    page = client.get(f"/base/parties/{own.acme}", headers={"Accept-Language": "zh-CN"}).text

    assert "Motto" in page or "口号" in page


def test_the_history_tells_own_fields_by_their_labels(own):
    client = create_app(own.runtime, {**own.runtime.config, "ACT_AS": ME}).test_client()
    client.patch(f"/api/v1/base/parties/{own.acme}", json={"custom": {"wood": "ash"}})

    with own.runtime.house.read(ME) as session:
        entries = session.scalars(
            select(AuditEntry).where(AuditEntry.document_id == own.acme)
        ).all()
    page = client.get(f"/base/parties/{own.acme}/history").text

    assert any("ash" in entry.changes for entry in entries)
    assert "Wood" in page
    assert "Oak" in page


def test_a_field_that_must_be_filled_in_is_asked_for(own):
    runtime, _keys = add_fields(
        own.runtime, [{"name": "mark", "label": "Mark", "kind": "text", "needed": True}]
    )
    noun = runtime.nouns.get("base.parties")
    sight = noun.sight(ME.rights)
    entry = {"code": "D1", "name": "Dune", "kind": "organisation"}

    with pytest.raises(Invalid) as refused:
        runtime.house.run(ME, lambda uow: documents.save(uow, noun, sight, entry))
    runtime.house.run(
        ME, lambda uow: documents.save(uow, noun, sight, {**entry, "custom": {"mark": "x"}})
    )

    assert "custom.mark" in refused.value.errors
    runtime.close()


def test_removing_a_field_writes_its_values_into_a_file_first(own):
    fields = own.runtime.nouns.get("core.custom-fields")
    key = own.keys["score"]
    own.runtime.house.run(
        ME, lambda uow: run_one(uow, fields, fields.sight(ME.rights), "remove", key)
    )
    later = Runtime(own.runtime.url, own.runtime.config)

    with later.house.read(ME) as session:
        (file,) = session.scalars(select(File).where(File.document_id == key))
        content = session.execute(text("SELECT content FROM core_file_content")).scalar()
        kept = session.get(CustomValues, own.acme).values
        sight = later.nouns.get("base.parties").sight(ME.rights)

    assert file.name == "base.parties-score.csv"
    assert "Acme,4.25" in bytes(content).decode("utf-8-sig")
    assert "score" not in kept
    assert kept["wood"] == "oak"
    assert "custom.score" not in sight.fields
    with pytest.raises(Invalid, match="already"):
        add_fields(later, [{"name": "score", "label": "Again", "kind": "text"}])
    later.close()


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"name": "Bad Name"}, "name"),
        ({"noun": "base.nothing"}, "noun"),
        ({"kind": "choice"}, "choices"),
        ({"kind": "link"}, "target"),
        ({"kind": "text", "digits": 2}, "digits"),
    ],
)
def test_a_field_that_cannot_be_built_is_refused(make_runtime, wrong, where):
    runtime = make_runtime("base")

    with pytest.raises(Invalid) as refused:
        field = {"name": "fine", "label": "Fine", "kind": "text", **wrong}
        add_fields(runtime, [field], wrong.get("noun", "base.parties"))

    assert where in refused.value.errors


def test_the_kind_of_a_field_never_changes_and_an_index_helps(own):
    fields = own.runtime.nouns.get("core.custom-fields")
    sight = fields.sight(ME.rights)

    def change(uow):
        (field,) = documents.load(uow, fields, sight, [own.keys["score"]])
        documents.save(uow, fields, sight, {"kind": "text"}, document=field)

    with pytest.raises(Invalid, match="cannot be changed any more"):
        own.runtime.house.run(ME, change)
    with own.runtime.engine.connect() as connection:
        listed = connection.execute(
            text("SELECT name FROM sqlite_master WHERE name LIKE 'cx_%'")
            if connection.dialect.name == "sqlite"
            else text("SELECT indexname FROM pg_indexes WHERE indexname LIKE 'cx_%'")
        ).all()
    assert len(listed) == 2


def test_values_wait_while_the_plugin_is_off(make_runtime):
    from dougong.plugins.lifecycle import Lifecycle

    runtime, _keys = add_fields(
        make_runtime("crm"), [{"name": "mood", "label": "Mood", "kind": "text"}], "crm.leads"
    )
    assert {k: str(v) for k, v in runtime.failed.items()} == {}
    assert "custom.mood" in runtime.nouns.get("crm.leads").fields
    life = Lifecycle(runtime.url)
    life.disable(["crm"])
    without = Runtime(runtime.url, runtime.config)
    assert without.nouns.get("crm.leads") is None
    life.enable(["crm"])
    life.close()
    again = Runtime(runtime.url, runtime.config)

    assert "custom.mood" in again.nouns.get("crm.leads").fields
    for house in (runtime, without, again):
        house.close()
