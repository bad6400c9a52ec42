"""A company begins with the chart of its country."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from dougong.companies.models import Company
from dougong_finance.accounts.charts import chart_for
from dougong_finance.accounts.models import KINDS, NATURES, PURPOSES, Account, AccountUse
from dougong_finance.journals.models import Journal
from dougong_finance.seed import seed_books


@pytest.mark.parametrize("country", ["CN", "DE", None])
def test_every_purpose_has_an_account_that_takes_amounts(country):
    chart = chart_for(country)
    codes = [code for code, *_ in chart.accounts]
    assert len(codes) == len(set(codes))
    assert set(chart.uses) == set(PURPOSES)
    headings = {c for c in codes if any(o != c and o.startswith(c) for o in codes)}
    assert set(chart.uses.values()) <= set(codes) - headings
    for _code, name, own, kind, nature in chart.accounts:
        assert name
        assert own
        assert kind in KINDS
        assert nature in NATURES


def test_the_company_has_its_chart_and_journals(read):
    with read() as session:
        receivable = session.scalars(select(Account).where(Account.code == "1100")).one()
        assert (receivable.name, receivable.nature) == ("Trade receivables", "receivable")
        assert receivable.reconcile
        assert len(session.scalars(select(Journal)).all()) == 6
        assert len(session.scalars(select(AccountUse)).all()) == len(PURPOSES)


def test_seeding_twice_changes_nothing(work, read):
    with read() as session:
        before = len(session.scalars(select(Account)).all())
    with work() as uow:
        seed_books(uow)
    with read() as session:
        assert len(session.scalars(select(Account)).all()) == before


def test_a_chinese_company_gets_the_standard_for_small_enterprises(work, read, make_runtime):
    runtime = make_runtime("base", "finance", seeded=False)
    with runtime.house.engine.begin() as connection:
        connection.execute(update(Company).values(country="CN", currency="CNY"))
    from dougong import Actor

    runtime.house.run(Actor.system(), seed_books)
    with runtime.house.read(Actor.system()) as session:
        found = {a.code: a for a in session.scalars(select(Account))}
    assert found["1122"].name == "应收账款"
    assert found["5001"].name == "主营业务收入"
    assert found["22210106"].name == "应交增值税-销项税额"
    assert found["2221"].heading
    assert found["22210106"].parent_id == found["222101"].id


def test_the_demo_keeps_sound_books_and_runs_once(house, work, billable, sound):
    with work() as uow:
        uow.publish([billable(order=n, term=None) for n in range(1, 9)])
    from collections import Counter

    from dougong import Actor
    from dougong_finance.demo import keep_the_books
    from dougong_finance.entries.models import Entry

    for _again in range(2):
        house.run(Actor.system(), keep_the_books)
    with house.read(Actor.system()) as session:
        kinds = Counter(entry.source_kind for entry in session.scalars(select(Entry)))
    # Capital, four rents and an accrual; four bills and six invoices; what was paid of them.
    assert kinds == {None: 6, "finance.invoices": 10, "finance.payments": 6}
