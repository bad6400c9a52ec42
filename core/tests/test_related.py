"""The documents beside one: gathered by kind, counted, one press away, both ways."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from till import Receipt

from dougong import DocumentRef, State
from dougong.links.queries import trail
from dougong.links.related import related
from dougong.workflows import Workflow

COLOURED = Workflow(
    "till.receipts", [State("draft", "Draft"), State("paid", "Paid", "green")], steps=[]
)


def noun(right="till.receipt.read"):
    return SimpleNamespace(
        name="till.receipts", plugin="till", slug="receipts", one="Receipt", label="Receipts",
        icon="receipt", model=Receipt, key="id", title="number", steps=COLOURED,
        rights=SimpleNamespace(name="till.receipt"),
        sight=lambda rights: SimpleNamespace(read=right in rights),
    )  # fmt: skip


class Nouns(dict):
    """What is asked of the nouns of a house."""

    @property
    def all(self):
        return self


@pytest.fixture
def receipts(till, me):
    """One receipt that led to three: two paid, one not yet numbered."""

    def sell(uow):
        made = [
            Receipt(
                number=f"R-{n}" if n < 3 else None, total=Decimal(n), sold_on=dt.date(2026, 3, 1),
                state="paid" if n < 3 else "draft",
            )
            for n in range(4)
        ]  # fmt: skip
        uow.add(*made)
        for after in made[1:]:
            uow.link(made[0], after, "next")
        return [receipt.id for receipt in made]

    return till.run(me, sell)


def beside(house, me, key, nouns):
    here = DocumentRef("till.receipts", key)
    with house.read(me) as session:
        return related(trail(session, nouns, me, here), nouns, here)


def test_several_of_a_kind_are_counted_by_state_and_lead_to_their_list(till, me, receipts):
    nouns = Nouns({"till.receipts": noun()})

    (found,) = beside(till, me, receipts[0], nouns)

    assert (found.label, found.count, found.title) == ("Receipts", 3, "")
    assert found.url == f"/till/receipts?related=till.receipts.{receipts[0]}"
    assert found.states == [("Paid", "green", 2), ("Draft", "secondary", 1)]


def test_the_only_one_of_a_kind_is_opened_itself_and_leads_back(till, me, receipts):
    nouns = Nouns({"till.receipts": noun()})

    (found,) = beside(till, me, receipts[2], nouns)

    assert (found.label, found.count, found.title) == ("Receipt", 1, "R-0")
    assert found.url == f"/till/receipts/{receipts[0]}"


def test_what_may_not_be_seen_is_not_counted(till, me, receipts):
    clerk = dataclasses.replace(me, rights=frozenset())

    assert beside(till, clerk, receipts[0], Nouns({"till.receipts": noun()})) == []
