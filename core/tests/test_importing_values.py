"""The closed list of transformations of a migration plan."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dougong.importing.source import Source
from dougong.importing.values import WrongPlan, WrongValue, value

pytestmark = pytest.mark.once


@pytest.fixture
def source(tmp_path):
    (tmp_path / "orders.csv").write_text(
        "id,price,qty,off,day,country\n1,10.50,3,0.15,1996-07-04,France\n"
    )
    (tmp_path / "lines.csv").write_text("order,qty\n1,2\n1,3\n2,5\n")
    return Source(
        tmp_path, imported=lambda resource: {"A": 77} if resource == "base.parties" else {}
    )


def read(source, spec):
    table = source.table("orders.csv", "test")
    return value(spec, source, table.columns, "test")(table.rows[0])


@pytest.mark.parametrize(
    ("spec", "wanted"),
    [
        ("id", "1"),
        ({"value": "x"}, "x"),
        ({"value": "1996-07-03", "as": "date"}, dt.date(1996, 7, 3)),
        ({"columns": ["id", "country"], "join": "-"}, "1-France"),
        ({"column": "id", "prefix": "S"}, "S1"),
        ({"column": "day", "as": "date"}, dt.date(1996, 7, 4)),
        ({"column": "country", "as": "country"}, "FR"),
        ({"column": "country", "words": {"France": "Frankreich"}}, "Frankreich"),
        ({"column": "country", "words": {"Peru": "PE"}, "otherwise": "?"}, "?"),
        ({"column": "off", "times": [{"value": "100"}]}, Decimal("15.00")),
        (
            {"column": "price", "times": ["qty", {"value": "1", "minus": "off"}], "round": 2},
            Decimal("26.78"),
        ),
        ({"total": {"file": "lines.csv", "of": "qty", "by": "order", "equals": "id"}}, 5),
        ({"value": "A", "link": "base.parties"}, 77),
    ],
)
def test_a_value_is_made_from_a_row(source, spec, wanted):
    assert read(source, spec) == wanted


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        ({"column": "id", "evaluate": "1+1"}, "there is no word “evaluate”"),
        ("colour", "no column “colour”"),
        ({"column": "id", "as": "python"}, "“as” is one of"),
        (
            {"total": {"file": "../secret.csv", "of": "qty", "by": "order"}},
            "no file “../secret.csv”",
        ),
    ],
)
def test_a_wrong_plan_is_refused_before_any_row_is_read(source, spec, sentence):
    with pytest.raises(WrongPlan, match=sentence):
        read(source, spec)


@pytest.mark.parametrize(
    ("spec", "sentence"),
    [
        ({"column": "country", "as": "date"}, "“France” is not a date"),
        ({"column": "country", "as": "decimal"}, "“France” is not a decimal"),
        ({"column": "country", "words": {"Peru": "PE"}}, "“France” has no translation"),
        (
            {"column": "country", "link": "base.parties"},
            "“France” was not imported as base.parties",
        ),
    ],
)
def test_a_wrong_value_names_its_column(source, spec, sentence):
    with pytest.raises(WrongValue, match=sentence) as caught:
        read(source, spec)
    assert caught.value.column == "country"
