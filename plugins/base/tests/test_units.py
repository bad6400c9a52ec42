"""Quantities convert exactly or not at all."""

from decimal import Decimal as D  # noqa: N817
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dougong_base import CannotConvert, convert


def unit(code, family, factor, digits=0):
    return SimpleNamespace(code=code, family=family, factor=D(factor), digits=digits)


PIECE, DOZEN = unit("pc", "piece", 1), unit("dozen", "piece", 12)
KILO, POUND = unit("kg", "weight", 1, 6), unit("lb", "weight", "0.45359237", 6)
GRAM = unit("g", "weight", "0.001", 0)


def test_dozens_are_pieces():
    assert convert(D(2), DOZEN, PIECE) == 24
    assert convert(D(36), PIECE, DOZEN) == 3
    assert convert(D("2.5"), DOZEN, PIECE) == 30


@pytest.mark.parametrize(
    ("quantity", "start", "end"),
    [(30, PIECE, DOZEN), (10, PIECE, DOZEN), ("0.0005", KILO, GRAM), ("0.3", DOZEN, PIECE)],
)
def test_what_would_have_to_be_rounded_is_refused(quantity, start, end):
    with pytest.raises(CannotConvert, match="no exact quantity"):
        convert(D(quantity), start, end)


def test_grams_are_kilograms_as_far_as_kilograms_are_told():
    assert convert(D("0.250"), KILO, GRAM) == 250
    assert convert(D(7), GRAM, KILO) == D("0.007")


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
