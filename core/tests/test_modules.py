"""The page of the modules: how each stands, a look ahead, changes carried out apart, their log."""

from __future__ import annotations

import json

import pytest
from authoring import author as author
from orchard import labels, states
from orchard import orchard as orchard
from sqlalchemy import inspect

from dougong.actors import Actor, Rights
from dougong.errors import Forbidden, Invalid, Refused
from dougong.modules import errands as asked
from dougong.modules.apart import Here
from dougong.modules.diary import changes
from dougong.modules.planning import plan
from dougong.modules.weighing import by_module, sizes, weigh
from dougong.plugins.registry import Runtime
from dougong.web.app import create_app


@pytest.fixture
def browser(orchard, tmp_path):
    """A browser of an administrator before a house with an orchard, and the lifecycle behind it."""

    def open_for(*rights):
        life = orchard()
        config = {"TESTING": True, "SECRET_KEY": "x" * 40, "HOME": str(tmp_path), "APART": Here}
        runtime = Runtime(life.url, config, found=life.found)
        actor = Actor(None, "Ana", Rights(rights or {"*"}), (1,), 1)
        return create_app(runtime, {**config, "ACT_AS": actor}).test_client(), life

    return open_for


def test_each_change_of_a_module_stands_in_its_log_with_who_made_it(orchard):
    life = orchard()
    life.by = "Ana"

    life.install(["cherry"], enable=True)
    life.disable(["cherry"])
    life.uninstall("cherry", purge=False)

    log = [(line.action, line.by) for line in changes(life.engine, "cherry")]
    assert log == [(a, "Ana") for a in ("uninstall", "disable", "enable", "install")]
    assert changes(life.engine, "apple")[-1].version == life.found.manifests["apple"].version


def test_a_part_that_was_left_out_is_told_on_the_pages_of_its_module(browser):
    client, life = browser()
    life.install(["apple"], enable=True)
    nouns = client.application.extensions["dougong"].nouns
    nouns.reports.append(("apple", "apple.trees: “heigth” is no name. (trees.py:5)"))

    for page in ("/core/modules", "/core/modules/apple"):
        told = client.get(page).text
        assert "Left out: apple.trees: “heigth” is no name. (trees.py:5)" in told
        assert "Enabled in part" in told


def test_what_enabling_and_disabling_do_is_told_first_with_all_that_go_along(orchard):
    life = orchard()
    life.install(["cherry"])

    coming = plan(life, "enable", "cherry")
    life.enable(coming["names"])
    going = plan(life, "disable", "apple")

    assert coming["names"] == ["apple", "cherry"]
    assert sorted(going["names"]) == ["apple", "cherry"]
    assert states(life) == {"apple": "enabled", "cherry": "enabled"}
    assert plan(life, "uninstall", "apple")["refused"] == "Disable apple first."
    assert "installed already" in plan(life, "install", "apple")["refused"]
    json.dumps(going)  # it travels between processes


def test_a_plan_lists_what_people_will_not_see_any_more(make_runtime):
    from dougong.plugins.lifecycle import Lifecycle

    life = Lifecycle(make_runtime("crm").url)
    told = dict(plan(life, "disable", "crm")["parts"])
    life.close()

    assert "Sales orders" in told["Lists and forms"]
    assert told["Reports"]
    assert told["Roles"]


def test_one_change_at_a_time_is_carried_out_and_says_how_it_ended(orchard, tmp_path):
    life = orchard()
    house = Runtime(life.url, {}, found=life.found).house
    ana = Actor(None, "Ana", Rights({"core.plugin.change"}), (1,), 1)
    first = house.run(ana, lambda uow: asked.ask(uow, "install", ["apple"], "apple"))

    with pytest.raises(Refused, match="Another change of the modules is under way"):
        house.run(ana, lambda uow: asked.ask(uow, "install", ["cherry"], "cherry"))
    assert asked.carry_out(life, first, tmp_path) == "done"
    again = house.run(ana, lambda uow: asked.ask(uow, "enable", ["cherry"], "cherry"))
    assert asked.carry_out(life, again, tmp_path) == "refused"

    assert states(life)["apple"] == "installed"
    found = asked.errand_of(life.engine, again)
    assert found.said == "cherry is not installed: run `dougong plugin install cherry`."
    assert asked.carry_out(life, again, tmp_path) == "refused"  # nobody does it twice
    assert changes(life.engine, "apple")[0].by == "Ana"


def test_only_whoever_may_change_modules_can_ask(orchard):
    house = Runtime(orchard().url, {}).house
    reader = Actor(None, "Ben", Rights({"*.read", "core.plugin.read"}), (1,), 1)

    with pytest.raises(Forbidden):
        house.run(reader, lambda uow: asked.ask(uow, "install", ["apple"], "apple"))


def test_purging_takes_the_typed_name_and_writes_the_data_into_a_file_first(orchard, tmp_path):
    life = orchard()
    life.install(["apple"], enable=True)
    assert labels(life) == ["first"]
    life.disable(["apple"])
    house = Runtime(life.url, {}, found=life.found).house
    ana = Actor.system(name="Ana")
    with pytest.raises(Invalid, match="Type apple"):
        house.run(ana, lambda uow: asked.ask(uow, "purge", ["apple"], "apple", "appel"))

    errand = house.run(ana, lambda uow: asked.ask(uow, "purge", ["apple"], "apple", "apple"))
    assert asked.carry_out(life, errand, tmp_path) == "done"

    found = asked.errand_of(life.engine, errand)
    written = [json.loads(line) for line in (tmp_path / found.file).read_text().splitlines()]
    assert written[0]["plugin"] == "apple"
    assert [line["row"]["label"] for line in written[1:]] == ["first"]
    assert not [t for t in inspect(life.engine).get_table_names() if t.startswith("apple_")]
    assert changes(life.engine, "apple")[0].action == "purge"


def test_tables_are_counted_and_measured(orchard):
    life = orchard()
    life.install(["apple"])

    (weight, *_others) = weigh(life.engine, life.tables_of("apple"))

    assert (weight.rows, weight.more) == (1, False)
    known = sizes(life.engine)
    assert not known or by_module(known)["apple"] >= (weight.size or 0) > 0


def test_the_page_leads_from_a_module_over_what_will_happen_to_the_change(browser):
    visitor, life = browser()

    assert "Not installed" in visitor.get("/core/modules").text
    ahead = visitor.get("/core/modules/cherry/install").text
    assert "they are installed as well" in ahead
    assert "cherry_0001" in ahead
    answer = visitor.post("/core/modules/cherry/install", data={"names": ["apple", "cherry"]})
    assert answer.status_code == 303
    assert "Done" in visitor.get(answer.location).text

    assert states(life) == {"apple": "installed", "cherry": "installed"}
    visitor.post("/core/modules/cherry/enable", data={"names": ["apple", "cherry"]})
    assert states(life) == {"apple": "enabled", "cherry": "enabled"}
    page = visitor.get("/core/modules/apple").text
    assert "Disabl" in page
    assert "apple_" in page
    assert visitor.get("/core/modules/plum").status_code == 404
    assert visitor.get("/core/modules/apple/plant").status_code == 404


def test_purging_from_the_page_without_the_typed_name_changes_nothing(browser):
    visitor, life = browser()
    life.install(["apple"])

    refused = visitor.post("/core/modules/apple/purge", data={"typed": "yes"})

    assert refused.status_code == 422
    assert "Type apple to say that you mean it." in refused.text
    assert states(life)["apple"] == "installed"
    done = visitor.post("/core/modules/apple/purge", data={"typed": "apple"})
    assert visitor.get(f"{done.location}/data").text.count("\n") == 2
    assert life.tables_of("apple") == []


def test_whoever_may_only_look_is_offered_no_change(browser):
    visitor, life = browser("core.plugin.read")
    life.install(["apple"])

    assert "/core/modules/apple/enable" not in visitor.get("/core/modules/apple").text
    assert visitor.get("/core/modules/apple/enable").status_code == 403
    assert visitor.post("/core/modules/apple/enable").status_code == 403
    stranger, _life = browser("*.read")
    assert stranger.get("/core/modules").status_code == 403
