"""Checks: each finds the damage it is there for, and nothing in a house that is sound."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from sqlalchemy import event, select, text, update
from till import Receipt, ReceiptLine

from dougong import Check, Widget
from dougong.checks.house import CHECKS
from dougong.checks.links import linked
from dougong.checks.series import every_series
from dougong.events import DocumentRef
from dougong.jobs.acting import of_all_companies
from dougong.jobs.models import QueuedJob
from dougong.outbox.models import OutboxMessage
from dougong.plugins.checking import run_checks
from dougong.series.models import IdBlock

NUMBERS = Check("till.numbers", "Numbers", every_series)
LINKS = Check("till.links", "Links", linked("till.receipts", Receipt))
ALL = [*CHECKS, NUMBERS, LINKS]


@pytest.fixture
def sold(till, me):
    """A house with three numbered receipts and links between them."""

    def sell(uow):
        made = [
            Receipt(
                total=Decimal(1), sold_on=dt.date(2026, 1, 1), lines=[ReceiptLine(quantity=Decimal(1))]
            )
            for _receipt in range(3)
        ]  # fmt: skip
        uow.add(*made)
        for receipt in made:
            uow.number(receipt, "till.receipt", on=receipt.sold_on)
        uow.link(made[0], made[1], "next")
        return [receipt.id for receipt in made]

    return till.run(me, sell)


def run(house, checks, *names, widgets=()):
    wiring = SimpleNamespace(checks=checks, widgets=widgets, dashboards={})
    runtime = SimpleNamespace(house=house, wiring=wiring, nouns=None, failed={}, loaded={})
    return run_checks(runtime, of_all_companies(house), names)


def wrong(house, *checks):
    return {r.name: r.sentences for r in run(house, checks or ALL) if r.sentences}


def damage(house, statement):
    with house.engine.begin() as connection:
        if house.engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
        connection.execute(statement if not isinstance(statement, str) else text(statement))


def test_a_sound_house_has_no_findings(till, sold):
    assert wrong(till) == {}


def test_a_missing_number_is_named(till, sold):
    damage(till, update(Receipt).where(Receipt.id == sold[1]).values(number=None))

    assert wrong(till) == {"till.numbers": ["till.receipt 2026, company 1: 1 missing: 2"]}


def test_a_number_nobody_gave_is_named(till, sold):
    damage(till, update(Receipt).where(Receipt.id == sold[1]).values(number="R-2026-00009"))

    (told,) = wrong(till).values()
    assert "missing: 2" in told[0]
    assert "beyond the counter, which stands at 3: 9" in told[1]


def test_an_id_above_the_block_is_found(till, sold):
    damage(till, update(IdBlock).values(next=sold[0]))

    assert any("till_receipt has the id" in told for told in wrong(till)["core.ids"])


def test_a_link_to_what_is_not_there_is_found(till, me, sold):
    till.run(
        me,
        lambda uow: uow.link(
            DocumentRef("till.receipts", sold[0]), DocumentRef("till.receipts", 5), "x"
        ),
    )

    assert wrong(till) == {"till.links": ["till.receipts 5 is linked to, and is not there"]}


def test_dead_jobs_and_letters_are_told_with_their_reason(till, me, sold):
    def give_up(uow):
        uow.enqueue("till.close")
        uow.add(
            OutboxMessage(
                reaction="till:mail", event="till:Sold", payload={}, written_at=uow.now, due_at=uow.now
            )
        )  # fmt: skip

    till.run(me, give_up)
    damage(till, update(QueuedJob).values(state="dead", error="Traceback\nKeyError: 'x'"))
    damage(till, update(OutboxMessage).values(state="dead", error="Nobody answers."))

    assert wrong(till) == {
        "core.jobs": ["1 dead jobs till.close: KeyError: 'x'"],
        "core.outbox": ["1 dead letters to till:mail: Nobody answers."],
    }


def test_a_row_that_refers_to_nothing_is_found(till, sold):
    if till.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL does not let it happen")
    with till.engine.connect() as connection:
        raw = connection.connection.driver_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute(f"DELETE FROM till_receipt WHERE id = {sold[0]}")
        raw.execute("PRAGMA foreign_keys=ON")

    assert "till_receipt_line" in wrong(till)["core.foreign-keys"][0]


def test_a_check_that_breaks_down_is_a_finding(till):
    def broken(session):
        raise KeyError("table")
        yield

    (told,) = wrong(till, Check("till.broken", "Broken", broken)).values()
    assert "KeyError" in told[0]


def test_a_card_that_cannot_be_drawn_is_a_finding(till):
    cards = [
        Widget("till.sold", "Sold", lambda session, actor: 3),
        Widget("till.chart", "Chart", lambda session, actor: [("May", 3)], kind="chart"),
    ]

    (told,) = [r for r in run(till, [], widgets=cards) if r.name == "core.cards"]

    assert len(told.sentences) == 1
    assert told.sentences[0].startswith("The card “till.chart”: TypeError")


def test_a_check_only_reads(till, sold):
    def meddle(session):
        session.execute(update(Receipt).values(total=Decimal(9)))
        yield from ()

    run(till, [Check("till.meddle", "Meddle", meddle)])

    with till.engine.connect() as connection:
        assert set(connection.scalars(select(Receipt.total))) == {Decimal(1)}


def test_checks_are_chosen_by_name_or_by_plugin(till):
    assert [r.name for r in run(till, ALL, "till")] == ["till.numbers", "till.links"]


def test_a_database_that_may_lose_commits_is_found(till, sold):
    if till.engine.dialect.name != "sqlite":
        pytest.skip("the server's settings are not ours to change")

    @event.listens_for(till.engine, "checkout")
    def loosen(connection, *_rest):
        connection.execute("PRAGMA synchronous=NORMAL")

    assert wrong(till) == {"core.database": ["synchronous is 1; it should be 2 (FULL)."]}


def test_a_large_list_that_no_index_serves_is_a_warning(shop, me, monkeypatch):
    wiring = SimpleNamespace(checks=[], widgets=[], dashboards={})
    runtime = SimpleNamespace(
        house=shop, wiring=wiring, nouns=list(shop.nouns), failed={}, loaded={}
    )

    def warned():
        (result,) = [r for r in run_checks(runtime, me) if r.name == "core.indexes"]
        assert result.sentences == []
        return [sentence for sentence in result.warnings if "shop_order " in sentence]

    assert warned() == []

    monkeypatch.setattr("dougong.checks.indexes.MANY", 0)
    found = warned()
    assert "“Orders” is sorted by “Date”" in found[0]
    assert ["“State”" in told for told in found].count(True) == 1
    assert not any("“Customer”" in told for told in found)

    with shop.engine.begin() as connection:
        for name, columns in (("ix_a", "company_id, ordered_on"), ("ix_b", "state")):
            connection.execute(text(f"CREATE INDEX {name} ON shop_order ({columns})"))
    assert not any("“Date”" in told or "“State”" in told for told in warned())


def test_a_warning_is_printed_and_nothing_is_wrong(run_cli, monkeypatch):
    monkeypatch.setattr("dougong.checks.indexes.MANY", 0)

    told = run_cli("check")

    assert told.exit_code == 0
    assert "! Indexes behind lists" in told.output
    assert "becomes slow" in told.output
