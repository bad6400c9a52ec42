"""Instalments add up, whatever the term says."""

import datetime as dt
from decimal import Decimal as D  # noqa: N817

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dougong_base import PaymentTerm, PaymentTermLine, discount_until, instalments

pytestmark = pytest.mark.once

DAY = dt.date(2026, 1, 31)


def term(*lines, **more):
    parts = [
        PaymentTermLine(kind=kind, value=D(value), days=days, end_of_month=end)
        for kind, value, days, end in lines
    ]
    return PaymentTerm(code="T", name="T", lines=parts, **more)


def test_without_a_term_all_is_due_at_once():
    assert instalments(None, D(100), "EUR", DAY) == [(DAY, D(100))]


def test_half_at_once_and_the_rest_at_the_end_of_next_month():
    half = term(("percent", "50", 0, False), ("remainder", "0", 10, True))

    assert instalments(half, D("100.01"), "EUR", DAY) == [
        (DAY, D("50.01")),
        (dt.date(2026, 2, 28), D("50.00")),
    ]


def test_a_credit_note_goes_back_in_the_same_steps():
    fixed = term(("fixed", "30", 0, False), ("remainder", "0", 30, False))

    assert [amount for _day, amount in instalments(fixed, D(-100), "EUR", DAY)] == [D(-30), D(-70)]


def test_paying_early_saves_something():
    early = term(("remainder", "0", 30, False), discount_percent=D(2), discount_days=10)

    assert discount_until(early, D(50), "EUR", DAY) == (dt.date(2026, 2, 10), D(1))
    assert discount_until(term(discount_percent=D(0)), D(50), "EUR", DAY) is None


lines = st.tuples(
    st.sampled_from(["percent", "fixed", "remainder"]),
    st.integers(0, 100).map(str),
    st.integers(0, 90),
    st.booleans(),
)


@given(st.lists(lines, max_size=5), st.integers(-(10**8), 10**8), st.sampled_from(["EUR", "JPY"]))
def test_instalments_add_up(parts, cents, currency):
    total = D(cents) if currency == "JPY" else D(cents) / 100

    due = instalments(term(*parts), total, currency, DAY)

    assert sum(amount for _day, amount in due) == total
    assert [day for day, _amount in due] == sorted({day for day, _amount in due})
