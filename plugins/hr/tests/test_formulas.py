"""The language of pay formulas is exact and closed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dougong_hr.payroll.parameters import Parameters, Value
from dougong_hr.structures.expressions import WrongFormula, compile_formula

pytestmark = pytest.mark.once

D = Decimal


def value(text, lookup=None, **values):
    return compile_formula(text).value(values, lookup or (lambda table, key: D(7)))


def test_numbers_are_exact_tenths_are_tenths():
    assert value("0.1 + 0.2") == D("0.3")
    assert value("wage * 0.145", wage=D(100)) == D("14.500")
    assert value("round(2.345, 2)") == D("2.35")
    assert value("round(-2.5)") == -3
    assert value("min(3, max(1, 2), 5)") == 2


def test_choices_and_comparisons():
    assert value("10 if wage >= 5000 else 20", wage=D(5000)) == 10
    assert value("10 if 1 < wage < 3 and not wage == 2 else 20", wage=D(2)) == 20
    assert value("ytd_gross + 1") == 1


def test_lookup_asks_whoever_computes():
    seen = []

    def lookup(table, key):
        seen.append((table, key))
        return D(3)

    assert value('lookup("a", place) + lookup("b", 2) + lookup("c")', lookup, place="x") == 9
    assert seen == [("a", "x"), ("b", D(2)), ("c", None)]


@pytest.mark.parametrize(
    "text",
    [
        "wage.__class__", "__import__('os')", "().__class__", "'a'", "[1][0]", "{}", "lambda: 1",
        "open('x')", "wage ** 9", "1 // 2", "f'{wage}'", "wage if", "(x := 1)", "print", "",
        "round(1, wage)", "min(*[1])", "max(1)", "lookup(wage)", "lookup()", "a" * 501, "-" * 60 + "1",
        "round(x=1)", "True", "1j", "x[0]", "yield", "1 if 1 in (1,) else 2", "~1", "await x",
    ],
)  # fmt: skip
def test_everything_else_is_refused_with_a_sentence(text):
    try:
        found = compile_formula(text)
    except WrongFormula as wrong:
        assert str(wrong)  # noqa: PT017
    else:
        assert found.names == {"print"}
        with pytest.raises(WrongFormula, match="not known here"):
            found.value({}, lambda table, key: D(1))


def test_what_cannot_be_counted_is_told():
    with pytest.raises(WrongFormula, match="divides by zero"):
        value("1 / (2 - 2)")
    with pytest.raises(WrongFormula, match="counts with a word"):
        value("place + 1", place="x")


@given(st.decimals(-(10**6), 10**6, places=2), st.decimals(-(10**6), 10**6, places=2))
def test_arithmetic_is_that_of_decimals(a, b):
    assert value("a + b * 2 - a / 4", a=a, b=b) == a + b * 2 - a / 4


def test_brackets_and_keys_hold_from_their_day():
    import datetime as dt

    old, new = dt.date(2024, 1, 1), dt.date(2025, 7, 1)
    rows = [
        Value(old, None, D(100), D(3)), Value(old, None, None, D(10)), Value(new, None, None, D(5)),
        Value(old, "x", None, D(1)), Value(new, "x", None, D(2)), Value(old, "y", None, D(9)),
    ]  # fmt: skip
    before, after = Parameters(dt.date(2025, 6, 30)), Parameters(new)
    for parameters in (before, after):
        parameters.add_table("t", rows)
    assert [before("t", D(n)) for n in (0, 100, 101)] == [3, 3, 10]
    assert [after("t", D(n)) for n in (0, 101)] == [5, 5]
    assert [p("t", k) for p in (before, after) for k in ("x", "y")] == [1, 9, 2, 9]
    with pytest.raises(WrongFormula, match="no rate table “u”"):
        before("u", D(1))
    assert before("pension.employee", "nowhere") == 0
