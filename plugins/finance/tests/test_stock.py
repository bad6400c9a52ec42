"""The ledger follows what stock is worth."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import Actor, DocumentRef
from dougong_base import Category
from dougong_base.events import StockValued, ValuedLine
from dougong_base.ports import LedgerBalance
from dougong_finance.accounts.models import Account, AccountUse
from dougong_finance.reports.trial_balance import trial_balance

pytestmark = pytest.mark.usefixtures("sound")


def valued(reason: str, value: str, shop, number="1", category=None) -> StockValued:
    return StockValued(
        source=DocumentRef("inventory.deliveries", int(number)), number=number, company_id=1,
        on=dt.date(2026, 3, 10), reason=reason, party_id=None,
        lines=(
            ValuedLine(
                product_id=shop.tea, category_id=category, quantity=Decimal(1), value=Decimal(value)
            ),
        ),
    )  # fmt: skip


def closing(read):
    with read() as session:
        year = {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 12, 31)}
        lines = trial_balance.ask(session, Actor.system(), **year)
        return {line.values["code"]: line.values["closing"] for line in lines}


def test_receipts_shipments_and_opening_stand_against_their_accounts(work, read, shop):
    with work() as uow:
        uow.publish(
            [
                valued("opening", "100", shop, "1"), valued("receipt", "60", shop, "2"),
                valued("shipment", "-40", shop, "3"), valued("return", "10", shop, "4"),
                valued("adjustment", "-5", shop, "5"), valued("scrap", "-2", shop, "6"),
            ]
        )  # fmt: skip
    assert closing(read) == {
        "1200": 123, "2010": -60, "3900": -100, "5000": 30, "5100": 5, "5110": 2,
    }  # fmt: skip


def test_the_same_change_of_value_is_booked_once(work, read, shop):
    for _again in range(2):
        with work() as uow:
            uow.publish([valued("receipt", "60", shop), valued("receipt", "60", shop)])
    assert closing(read) == {"1200": 60, "2010": -60}


def test_a_category_may_have_its_own_accounts(work, read, shop):
    with work() as uow:
        category = Category(name="Raw")
        uow.add(category)
        raw = uow.session.scalar(select(Account.id).where(Account.code == "1210"))
        uow.add(AccountUse(purpose="stock", account_id=raw, category_id=category.id))
    with work() as uow:
        uow.publish(valued("receipt", "60", shop, category=category.id))
    assert closing(read) == {"1210": 60, "2010": -60}


def test_whoever_counts_stock_can_compare_it_with_the_books(work, shop):
    with work() as uow:
        uow.publish([valued("opening", "100", shop, "1"), valued("shipment", "-40", shop, "2")])
    with work() as uow:
        books = uow.ask(LedgerBalance)
        assert books.of("stock") == 60
        assert books.of("stock", at=dt.date(2026, 3, 9)) == 0
