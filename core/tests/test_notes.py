"""Notes beside a document: who sees the document sees its notes, and only they."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from test_trail import noun
from till import Receipt

from dougong import Forbidden, Invalid, NotFound
from dougong.notes.service import notes_on, take_back_note, write_note

RECEIPTS = noun("till.receipt.read")


@pytest.fixture
def receipt(till, me):
    def sell(uow):
        made = Receipt(total=Decimal(1), sold_on=dt.date(2026, 1, 1))
        uow.add(made)
        return made.id

    return till.run(me, sell)


def write(house, actor, receipt, text="Paid in coins."):
    return house.run(actor, lambda uow: write_note(uow, RECEIPTS, receipt, text)).id


def read(house, actor, receipt):
    with house.read(actor) as session:
        return [note.text for note in notes_on(session, RECEIPTS, actor, receipt)]


def test_a_note_is_read_with_its_author_newest_first(till, me, receipt):
    ada = dataclasses.replace(me, user_id=7, name="Ada")
    write(till, ada, receipt, "First.")
    write(till, me, receipt, " Second. ")

    assert read(till, me, receipt) == ["Second.", "First."]
    with till.read(me) as session:
        assert notes_on(session, RECEIPTS, me, receipt)[1].author == "Ada"


def test_who_may_not_see_the_document_sees_and_writes_no_note(till, me, receipt):
    write(till, me, receipt)
    other = dataclasses.replace(me, company_id=2, companies=(2,))
    clerk = dataclasses.replace(me, rights=frozenset())

    for reader, refusal in ((other, NotFound), (clerk, Forbidden)):
        with pytest.raises(refusal):
            read(till, reader, receipt)
        with pytest.raises(refusal):
            write(till, reader, receipt)


@pytest.mark.parametrize("text", ["", "  ", "a\x00b", "x" * 10_001])
def test_a_note_that_cannot_be_kept_is_refused(till, me, receipt, text):
    with pytest.raises(Invalid):
        write(till, me, receipt, text)


def test_only_ones_own_note_is_taken_back(till, me, receipt):
    ada = dataclasses.replace(me, user_id=7, name="Ada")
    key = write(till, ada, receipt)

    with pytest.raises(Forbidden):
        till.run(me, lambda uow: take_back_note(uow, RECEIPTS, receipt, key))
    till.run(ada, lambda uow: take_back_note(uow, RECEIPTS, receipt, key))

    assert read(till, me, receipt) == []
