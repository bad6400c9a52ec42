"""Money is rounded in one place, and nothing of it is lost when it is shared out."""

from __future__ import annotations

from decimal import Decimal as D  # noqa: N817

import pytest

from dougong import Money, rounded, rounded_to, split

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("amount", "currency", "kept"),
    [
        ("2.345", "EUR", "2.35"),
        ("-2.345", "EUR", "-2.35"),
        ("2.5", "JPY", "3"),
        ("2.3455", "BHD", "2.346"),
    ],
)
def test_halves_go_away_from_zero_to_the_places_of_the_currency(amount, currency, kept):
    assert str(rounded(D(amount), currency)) == kept


def test_prices_are_rounded_like_amounts_only_finer():
    assert rounded_to(D("0.0000005")) == D("0.000001")
    assert rounded_to(D("-0.0000005")) == D("-0.000001")
    assert rounded_to(D(1) / D(3), 9) == D("0.333333333")


def test_what_is_shared_out_adds_up_again_and_the_heaviest_takes_the_rest():
    assert split(D("100.00"), [D(1), D(1), D(1)], "EUR") == [D("33.34"), D("33.33"), D("33.33")]
    assert split(D("-0.01"), [D(1), D(3)], "EUR") == [D(0), D("-0.01")]


def test_nothing_can_be_shared_out_by_no_weight_at_all():
    with pytest.raises(ValueError, match="sum to zero"):
        split(D(1), [D(1), D(-1)], "EUR")


def test_two_currencies_are_never_added():
    with pytest.raises(ValueError, match="cannot add EUR to CNY"):
        Money(D(1), "CNY") + Money(D(1), "EUR")
