"""The document trail: both ways, to a depth, with eyes that do not see everything."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from itertools import pairwise
from types import SimpleNamespace

import pytest
from sqlalchemy import event
from till import Receipt

from dougong import DocumentRef, State, Workflow
from dougong.links.queries import as_json, trail

DAY = dt.date(2026, 3, 1)
STATES = Workflow(
    "till.receipts", states=[State("draft", "Draft"), State("paid", "Paid")], steps=[]
)


class Nouns(dict):
    """What the trail asks of the nouns of a house."""


def noun(right):
    return SimpleNamespace(
        name="till.receipts", plugin="till", slug="receipts", one="Receipt", model=Receipt,
        document="till.receipts", owned=True, resource=SimpleNamespace(rule=None),
        key="id", title="number", steps=STATES, rights=SimpleNamespace(name="till.receipt"),
        sight=lambda rights: SimpleNamespace(read=right in rights),
    )  # fmt: skip


NOUNS = Nouns({"till.receipts": noun("till.receipt.read")})


@pytest.fixture
def chain(till, me):
    """Nine receipts, each of which led to the next; the fourth also led to a tenth."""

    def sell(uow):
        made = [
            Receipt(number=f"R-{n}", total=Decimal(n), sold_on=DAY, state="paid") for n in range(10)
        ]
        uow.add(*made)
        for before, after in pairwise(made[:9]):
            uow.link(before, after, "next")
        uow.link(made[3], made[9], "aside")
        return [receipt.id for receipt in made]

    return till.run(me, sell)


def walk(house, me, key):
    with house.read(me) as session:
        return trail(session, NOUNS, me, DocumentRef("till.receipts", key))


def titles(found, side):
    return [stop.title for stop in found.stops if stop.side == side]


def test_a_trail_tells_what_came_before_and_what_followed(till, me, chain):
    found = walk(till, me, chain[4])

    assert titles(found, "before") == ["R-0", "R-1", "R-2", "R-3"]
    assert titles(found, "here") == ["R-4"]
    assert titles(found, "after") == ["R-5", "R-6", "R-7", "R-8"]


def test_a_trail_branches(till, me, chain):
    assert titles(walk(till, me, chain[3]), "after") == ["R-4", "R-9", "R-5", "R-6", "R-7", "R-8"]


def test_a_trail_ends_after_six_steps(till, me, chain):
    assert titles(walk(till, me, chain[0]), "after")[-1] == "R-6"


def test_a_trail_says_how_each_document_stands_and_where_it_is(till, me, chain):
    here = walk(till, me, chain[8]).stops[-1]

    assert (here.kind, here.state, here.url) == ("Receipt", "Paid", f"/till/receipts/{chain[8]}")


def test_a_circle_ends(till, me, chain):
    till.run(
        me,
        lambda uow: uow.link(
            DocumentRef("till.receipts", chain[2]), DocumentRef("till.receipts", chain[0]), "back"
        ),
    )

    assert len(walk(till, me, chain[0]).stops) == 8


def test_a_document_that_may_not_be_seen_is_told_by_its_kind_only(till, me, chain):
    other = dataclasses.replace(me, company_id=2, companies=(2,))
    clerk = dataclasses.replace(me, rights=frozenset())

    for reader in (other, clerk):
        found = walk(till, reader, chain[1])
        assert {(stop.kind, stop.title, stop.url) for stop in found.stops} == {("Receipt", "", "")}
        assert {told["id"] for told in as_json(found)["documents"]} == {None}


def test_a_document_of_a_plugin_that_is_off_is_told_by_its_kind(till, me, chain):
    till.run(
        me,
        lambda uow: uow.link(
            DocumentRef("till.receipts", chain[8]), DocumentRef("gone.things", 7), "thing"
        ),
    )

    assert walk(till, me, chain[8]).stops[-1].kind == "gone.things"


def test_a_trail_costs_one_statement_and_one_a_kind(till, me, chain):
    seen = []
    event.listen(till.engine, "before_cursor_execute", lambda *given: seen.append(given[2]))

    walk(till, me, chain[4])

    assert len([text for text in seen if text.lstrip().startswith(("SELECT", "WITH"))]) == 2


def test_links_name_the_documents_they_tie(till, me, chain):
    told = as_json(walk(till, me, chain[8]))

    called = [document["title"] for document in told["documents"]]
    ends = [(called[tie["from"]], called[tie["to"]]) for tie in told["links"]]
    assert ("R-7", "R-8") in ends
    assert told["links"][0]["kind"] == "next"
