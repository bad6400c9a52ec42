"""The pages and the API of what stands beside documents: what they draw, refuse and cost."""

from __future__ import annotations

import dataclasses
from types import SimpleNamespace

import pytest
from sqlalchemy import event
from team import Team

from dougong.actors import Rights
from dougong.notes.service import write_note
from dougong.plugin import Widget
from dougong.web.app import create_app


@pytest.fixture
def team(shop, me):
    return Team(shop, me)


@pytest.fixture
def client(team):
    """The browser or program of somebody: ``client("Ann")``."""

    def open_for(name, company=1, **changed):
        actor = dataclasses.replace(team.actor(name, company), **changed)
        runtime = SimpleNamespace(
            house=team.shop, wiring=team.shop.wiring, nouns=team.shop.nouns, failed={}
        )
        settings = {"TESTING": True, "SECRET_KEY": "x" * 32, "ACT_AS": actor}
        return create_app(runtime, settings).test_client()

    return open_for


@pytest.fixture
def here(stock):
    return f"/shop/orders/{stock.order}"


@pytest.fixture
def api(here):
    return f"/api/v1{here}"


def test_all_that_stands_beside_a_form_costs_one_statement(client, team, here):
    ann = client("Ann")
    ann.get(here)
    seen = []
    event.listen(team.shop.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))
    page = ann.get(here).text

    tables = ("core_follower", "core_document_tag", "core_activity", "core_note", "core_file")
    assert sum(any(table in one for table in tables) for one in seen) == 1
    assert "core_notice" not in " ".join(seen)
    assert "Follow" in page
    assert 'hx-get="/core/notices/count"' in page


def test_following_draws_the_part_of_the_page_anew(client, team, here):
    ann = client("Ann")

    assert 'aria-pressed="true"' in ann.post(f"{here}/follow").text
    assert "Bob" in ann.post(f"{here}/follow", data={"user": team.ids["Bob"]}).text
    assert 'aria-pressed="false"' in ann.post(f"{here}/unfollow").text
    refused = ann.post(f"{here}/follow", data={"user": team.ids["Cleo"]})
    assert refused.status_code == 422
    assert "may not read this document" in refused.text


def test_who_may_not_read_the_document_finds_nothing_beside_it(client, here, api):
    for name, company, status in (("Cleo", 1, 403), ("Dan", 2, 404)):
        stranger = client(name, company)
        for address in (f"{here}/activities", f"{here}/people?q=a", f"{api}/followers",
                        f"{api}/activities", f"{api}/tags"):  # fmt: skip
            assert stranger.get(address).status_code == status, address
        for address in ("follow", "tag", "activities"):
            assert stranger.post(f"{here}/{address}", data={"name": "x", "kind": 1}).status_code in (
                status, 422,
            )  # fmt: skip


def test_a_next_step_is_planned_in_a_dialog_and_done_with_what_came_of_it(client, team, here):
    ann, call = client("Ann"), team.ids["call"]

    assert "Plan a next step" in ann.get(f"{here}/activities/plan?kind={call}").text
    drawn = ann.post(f"{here}/activities", data={"kind": call, "summary": "Ask <b>them</b>"}).text
    assert "Ask &lt;b&gt;them&lt;/b&gt;" in drawn
    with team.shop.read(team.actor("Ann")) as session:
        from sqlalchemy import select

        from dougong.activities.models import Activity

        (id,) = session.scalars(select(Activity.id))
    assert ann.get(f"/core/activities/{id}/document").headers["Location"] == f"{here}/activities"
    done = f"{here}/activities/{id}/done"
    assert ann.get(done).status_code == 200
    assert ann.post(done, data={"feedback": "They agree."}).status_code == 200
    assert "They agree." in ann.get(f"{here}/notes").text
    assert ann.post(done, data={"feedback": "Again."}).status_code == 409


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, 422), ({"kind": "x"}, 422), ({"kind": "999999"}, 404),
        ({"kind": "call", "due_on": "soon"}, 422), ({"kind": "call", "assignee.text": "Nobody"}, 422),
        ({"kind": "call", "assignee": "999999"}, 404), ({"kind": "call", "summary": "x" * 300}, 422),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_read_is_refused_with_a_sentence(client, team, here, values, status):
    values = {k: team.ids["call"] if v == "call" else v for k, v in values.items()}
    answer = client("Ann").post(f"{here}/activities", data=values)

    assert answer.status_code == status
    assert "Plan" not in answer.text


def test_tags_are_typed_taken_and_offered(client, here):
    ann = client("Ann")

    assert "Urgent" in ann.post(f"{here}/tag", data={"name": "Urgent"}).text
    assert "Urgent" in ann.get(f"{here}/tag-options?q=urg&list=l").text
    assert "Enter makes the tag" in ann.get(f"{here}/tag-options?q=new&list=l").text
    assert ann.post(f"{here}/tag", data={"name": " "}).status_code == 422
    assert ann.post(f"{here}/tag", data={"tag": "999"}).status_code == 404
    reader = client("Ann", rights=Rights({"shop.order.read"}))
    assert reader.post(f"{here}/tag", data={"name": "Mine"}).status_code == 403
    assert "Add a tag" not in reader.get(here).text


def test_many_are_tagged_and_planned_at_once_each_with_its_answer(client, team, stock):
    ann, other = client("Ann"), team.order(stock.acme)
    ids = [stock.order, other]
    for values in ({"_do": "tag", "name": "Fair"}, {"_do": "plan", "kind": team.ids["call"]},
                   {"_do": "follow"}):  # fmt: skip
        told = ann.post(
            "/shop/orders/bulk", data={"id": [*ids, 999999], **values},
            headers={"Accept": "application/json"},
        ).json  # fmt: skip
        assert told["done"] == 2, values
        assert [key for key, _title, _why in told["failed"]] == [999999]

    page = ann.get("/shop/orders?tags=fair&activity=mine&followed=true").text
    assert f'href="/shop/orders/{other}"' in page
    assert "Fair" in ann.get("/shop/orders?board=kanban").text
    assert ann.post("/shop/orders/bulk", data={"id": ids, "_do": "plan"}).status_code == 422


def test_the_view_of_activities_keeps_the_filter_and_a_wrong_filter_is_refused(client, team, stock):
    ann = client("Ann")
    ann.post(f"/shop/orders/{stock.order}/activities", data={"kind": team.ids["call"]})

    page = ann.get("/shop/orders?view=activities&state=draft").text
    assert "plan-board" in page
    assert "board=kanban" in page
    assert "Nothing is planned" in ann.get("/shop/orders?board=activities&state=confirmed").text
    assert ann.get("/shop/orders?activity=someday").status_code == 422
    assert ann.get("/shop/orders?tags.has=x").status_code == 422
    assert ann.get("/shop/orders?sort=tags").status_code == 422


def test_the_bell_counts_and_its_page_leads_to_the_document(client, team, stock, here):
    team.does("Ann", lambda uow: write_note(uow, team.orders, stock.order, "@Bob look"))
    bob = client("Bob")
    assert bob.post("/core/news/seen").status_code == 204

    assert ">1<" in bob.get("/core/notices/count").text.replace(" ", "")
    page = bob.get("/core/notices").text
    assert "Ann Smith has mentioned you in a note" in page
    key = page.partition("/core/notices/")[2].partition("/")[0]
    key = next(part for part in page.split("/core/notices/") if part[:1].isdigit()).partition("/")[
        0
    ]
    assert client("Ann").post(f"/core/notices/{key}/open").status_code == 404
    assert bob.post(f"/core/notices/{key}/open").headers["Location"] == f"{here}/notes"
    assert bob.get("/core/notices/count").text.strip() == ""
    assert bob.post("/core/notices/way", data={"way": "pigeon"}).status_code == 422


def test_programs_do_the_same(client, team, stock, api):
    ann, bob = client("Ann"), team.ids["Bob"]

    assert ann.post(f"{api}/followers", json={"user": bob}).status_code == 201
    assert ann.post(f"{api}/followers", json={"user": bob}).status_code == 200
    assert [one["name"] for one in ann.get(f"{api}/followers").json["items"]] == ["Bob"]
    made = ann.post(f"{api}/activities", json={"kind": team.ids["call"], "assignee": bob})
    assert made.status_code == 201
    done = f"/api/v1/core/activities/{made.json['id']}/done"
    answer = ann.post(done, json={"feedback": "Fine."})
    assert answer.json.get("state") == "done", answer.json
    assert ann.get(f"{api}/activities").json["items"][0]["feedback"] == "Fine."
    tag = ann.post(f"{api}/tags", json={"name": "Urgent"}).json
    found = ann.get("/api/v1/shop/orders?tags=Urgent&columns=number,tags").json["items"]
    assert [one["tags"] for one in found] == [["Urgent"]]
    assert ann.delete(f"{api}/tags/{tag['id']}").status_code == 204
    assert ann.delete(f"{api}/followers/{bob}").status_code == 204
    assert ann.delete(f"{api}/followers/{bob}").status_code == 404
    heard = client("Bob").get("/api/v1/core/notices?unread=true").json
    assert {one["kind"] for one in heard["items"]} == {"follower", "assigned", "note"}
    assert heard["way"] == "digest"


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("followers", {"user": "Bob"}), ("followers", {"who": 7}), ("activities", {}),
        ("activities", {"kind": True}), ("activities", {"kind": 1, "due_on": 5}),
        ("activities", {"kind": 1, "summary": 7}), ("tags", {"name": 7}), ("tags", {}),
    ],
)  # fmt: skip
def test_a_body_that_breaks_the_schema_is_refused(client, api, path, body):
    assert client("Ann").post(f"{api}/{path}", json=body).status_code == 422


def test_notices_are_marked_as_read_by_programs(client, team, stock):
    team.does("Ann", lambda uow: write_note(uow, team.orders, stock.order, "@Bob look"))
    bob = client("Bob")
    (one,) = bob.get("/api/v1/core/notices").json["items"]

    assert (
        client("Ann").post("/api/v1/core/notices/read", json={"ids": [one["id"]]}).status_code
        == 404
    )
    for body in ({}, {"all": False}, {"ids": "x"}):
        assert bob.post("/api/v1/core/notices/read", json=body).status_code == 422
    assert bob.post("/api/v1/core/notices/read", json={"ids": [one["id"]]}).status_code == 204
    assert bob.get("/api/v1/core/notices?unread=true").json["items"] == []
    assert bob.put("/api/v1/core/notices/way", json={"way": "bell"}).json == {"way": "bell"}
    assert bob.put("/api/v1/core/notices/way", json={"way": 1}).status_code == 422


def test_tags_are_merged_by_those_who_look_after_them(client, team, stock, api):
    one = client("Ann").post(f"{api}/tags", json={"name": "Urgent"}).json["id"]
    other = client("Ann").post(f"{api}/tags", json={"name": "Hurry"}).json["id"]

    assert (
        client("Ann").post(f"/api/v1/core/tags/{one}/merge", json={"ids": [other]}).status_code
        == 403
    )
    keeper = client("Ann", rights=Rights({"*"}))
    assert "Hurry" in keeper.get(f"/core/tags/{one}/merge").text
    assert keeper.post(f"/core/tags/{one}/merge", data={"into": one}).status_code == 422
    merged = keeper.post(f"/api/v1/core/tags/{one}/merge", json={"ids": [other]})
    assert merged.json["name"] == "Urgent"


def test_the_core_offers_my_activities_on_the_first_page():
    from dougong.core_plugin import core

    names = [widget.name for widget in core.widgets() if isinstance(widget, Widget)]
    assert "core.my-activities" in names
