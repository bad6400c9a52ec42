"""What a currency was worth on a day."""

import datetime as dt
from decimal import Decimal as D  # noqa: N817

import pytest

from dougong import Actor, Refused
from dougong_base import CurrencyRate, NoRate, exchanged, rate_on

SYSTEM = Actor.system()


@pytest.fixture
def house(make_house):
    house = make_house("base")
    house.run(
        SYSTEM,
        lambda uow: uow.add(
            CurrencyRate(currency="USD", against="EUR", on=dt.date(2026, 1, 1), rate=D("0.90")),
            CurrencyRate(currency="USD", against="EUR", on=dt.date(2026, 2, 1), rate=D("0.80")),
        ),
    )
    return house


def rate(house, currency, on, to="EUR"):
    with house.read(SYSTEM) as session:
        return rate_on(session, currency, on, to)


def test_the_latest_rate_up_to_the_day_counts(house):
    assert rate(house, "USD", dt.date(2026, 1, 31)) == D("0.90")
    assert rate(house, "USD", dt.date(2026, 2, 1)) == D("0.80")


def test_the_inverse_is_used_where_only_that_is_known(house):
    assert rate(house, "EUR", dt.date(2026, 2, 1), "USD") == D("1.25")


def test_a_currency_is_worth_itself(house):
    assert rate(house, "EUR", dt.date(1999, 1, 1)) == 1


def test_a_missing_rate_says_what_to_do(house):
    with pytest.raises(NoRate, match=r"no rate from USD to EUR on 2025-12-31. Enter one"):
        rate(house, "USD", dt.date(2025, 12, 31))


def test_a_rate_is_greater_than_zero(house):
    wrong = CurrencyRate(currency="GBP", against="EUR", on=dt.date(2026, 1, 1), rate=D(0))

    with pytest.raises(Refused, match="greater than zero"):
        house.run(SYSTEM, lambda uow: uow.add(wrong))


def test_amounts_are_exchanged_in_whole_minor_units():
    assert exchanged(D("10.01"), D("0.333333333"), "EUR") == D("3.34")
    assert exchanged(D("10.01"), D(150), "JPY") == D(1502)
