"""Quantities convert exactly or not at all."""

from decimal import Decimal as D  # noqa: N817
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dougong_base import CannotConvert, convert


def unit(code, family, factor):
    return SimpleNamespace(code=code, family=family, factor=D(factor))


PIECE, DOZEN = unit("pc", "piece", 1), unit("dozen", "piece", 12)
KILO, POUND = unit("kg", "weight", 1), unit("lb", "weight", "0.45359237")


def test_dozens_are_pieces():
    assert convert(D(2), DOZEN, PIECE) == 24
    assert convert(D(30), PIECE, DOZEN) == D("2.5")


def test_what_would_have_to_be_rounded_is_refused():
    with pytest.raises(CannotConvert, match="no exact quantity"):
        convert(D(10), PIECE, DOZEN)


def test_weight_does_not_become_pieces():
    with pytest.raises(CannotConvert, match="kg cannot be converted to pc"):
        convert(D(1), KILO, PIECE)


@given(st.integers(-(10**9), 10**9))
def test_there_and_back_again_is_the_same(number):
    quantity = D(number).scaleb(-3)

    try:
        pounds = convert(quantity, KILO, POUND)
    except CannotConvert:
        return
    assert convert(pounds, POUND, KILO) == quantity
