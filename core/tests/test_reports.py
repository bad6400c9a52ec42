"""Reports: who may ask, what may be chosen, and what leaves the house as a file."""

from __future__ import annotations

import csv
import dataclasses
import datetime as dt
import io
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select
from till import Receipt

from dougong import Forbidden, Invalid, NotFound
from dougong.errors import BadQuery
from dougong.i18n import speaking
from dougong.reports import Column, Line, Parameter, Report
from dougong.reports.exporting import to_csv, to_json, to_xlsx
from dougong.reports.running import address_of, find, for_reader, run
from dougong.reports.showing import shown


def ask_takings(session, actor, *, since, state, least):
    receipts = session.scalars(
        select(Receipt).where(Receipt.sold_on >= since, Receipt.state == state).order_by(Receipt.id)
    )
    for receipt in receipts:
        if receipt.total >= least:
            yield Line(
                {"number": receipt.number, "day": receipt.sold_on, "total": receipt.total},
                drill=f"/till/receipts/{receipt.id}",
            )


TAKINGS = Report(
    "till.takings",
    "Takings",
    needs="till.receipt.read",
    columns=[
        Column("number", "Number"),
        Column("day", "Day", "date"),
        Column("total", "Total", "amount", total=True),
    ],
    ask=ask_takings,
    parameters=[
        Parameter("since", "Since", "date", default=dt.date(2026, 1, 1)),
        Parameter("state", "State", "choice", "closed", {"draft": "Draft", "closed": "Closed"}),
        Parameter("least", "At least", "number", default=Decimal(0)),
    ],
)


@pytest.fixture
def shop(till, me):
    def sell(uow):
        for company, number, total in [
            (1, "R-1", "10.50"), (1, "=1+1", "1234567.25"), (2, "R-9", "99"),
        ]:  # fmt: skip
            uow.add(
                Receipt(
                    company_id=company, number=number, total=Decimal(total), state="closed",
                    sold_on=dt.date(2026, 3, 1),
                )
            )  # fmt: skip

    till.run(dataclasses.replace(me, companies=(1, 2)), sell)
    return till


def test_a_report_sums_what_the_reader_may_see(shop, me):
    answer = run(shop, me, TAKINGS, {})

    assert [line.values["number"] for line in answer.lines] == ["R-1", "=1+1"]
    assert answer.totals == {"total": Decimal("1234577.75")}


def test_what_is_chosen_narrows_the_answer(shop, me):
    assert len(run(shop, me, TAKINGS, {"least": "100"}).lines) == 1
    assert not run(shop, me, TAKINGS, {"since": "2026-03-02"}).lines
    assert not run(shop, me, TAKINGS, {"state": "draft"}).lines


def test_sums_that_stand_among_the_lines_are_not_summed_again(shop, me):
    lines = [Line({"total": Decimal(3)}), Line({"total": Decimal(3)}, bold=True)]
    report = dataclasses.replace(TAKINGS, ask=lambda session, actor, **_: lines)

    assert run(shop, me, report, {}).totals == {"total": Decimal(3)}


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({"since": "yesterday"}, ["since"]),
        ({"since": "2026-02-30"}, ["since"]),
        ({"since": "20260230"}, ["since"]),
        ({"state": "lost"}, ["state"]),
        ({"least": "NaN"}, ["least"]),
        ({"least": "1e99", "state": "x"}, ["least", "state"]),
    ],
)
def test_a_choice_nobody_can_take_is_named(shop, me, given, wrong):
    with pytest.raises(Invalid) as refusal:
        run(shop, me, TAKINGS, given)

    assert sorted(refusal.value.errors) == wrong


def test_an_unknown_parameter_is_refused_and_the_known_ones_are_told(shop, me):
    with pytest.raises(BadQuery, match="since, state, least"):
        run(shop, me, TAKINGS, {"until": "2026-01-01"})


def test_only_those_with_the_right_may_ask(shop, me):
    clerk = dataclasses.replace(me, rights=frozenset())

    with pytest.raises(Forbidden):
        find({"till.takings": TAKINGS}, "till.takings", clerk)
    with pytest.raises(Forbidden):
        run(shop, clerk, TAKINGS, {})
    with pytest.raises(NotFound):
        find({}, "till.takings", me)
    assert for_reader({"till.takings": TAKINGS}, clerk) == []


def test_a_report_has_its_own_address():
    assert address_of(TAKINGS) == "/till/reports/takings"


def test_a_file_holds_the_figures_and_no_formula(shop, me):
    rows = list(csv.reader(io.StringIO(to_csv(run(shop, me, TAKINGS, {})).decode("utf-8-sig"))))

    assert rows == [
        ["Number", "Day", "Total"],
        ["R-1", "2026-03-01", "10.500"],
        ["'=1+1", "2026-03-01", "1234567.250"],
    ]


def test_a_sheet_holds_numbers_as_numbers_and_text_as_text(shop, me):
    book = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(run(shop, me, TAKINGS, {}))))

    rows = book.get_sheet_by_index(0).to_python()
    assert rows[0] == ["Number", "Day", "Total"]
    assert rows[1] == ["R-1", dt.date(2026, 3, 1), 10.5]
    assert rows[2][0] == "=1+1"
    assert rows[3][2] == 1234577.75


def test_a_program_gets_exact_numbers_and_where_they_lead(shop, me):
    told = to_json(run(shop, me, TAKINGS, {}))

    assert Decimal(told["lines"][0]["total"]) == Decimal("10.5")
    assert told["lines"][0]["_drill"].startswith("/till/receipts/")
    assert told["parameters"]["since"] == "2026-01-01"


def test_figures_speak_the_readers_language():
    day, total = TAKINGS.columns[1], TAKINGS.columns[2]

    assert shown(total, Decimal("1234567.5")) == "1,234,567.50"
    assert shown(day, dt.date(2026, 3, 1)) == "Mar 1, 2026"
    with speaking("zh_Hans_CN"):
        assert shown(day, dt.date(2026, 3, 1)) == "2026年3月1日"


def test_what_each_kind_of_column_does_is_told_to_authors():
    from typing import get_args, get_type_hints

    kinds = get_args(get_type_hints(Column)["kind"])

    assert [kind for kind in kinds if f"* ``{kind}``: " not in Column.__doc__] == []
    told = {"amount": "1,234.50", "quantity": "2.5", "percent": "12.5%"}
    assert {k: shown(Column("x", "X", k), Decimal(v.strip("%").replace(",", "")))
            for k, v in told.items()} == told  # fmt: skip
    assert shown(Column("x", "X", "date"), dt.date(2026, 3, 1)) == "Mar 1, 2026"
    assert all(words in Column.__doc__ for words in [*told.values(), "Mar 1, 2026"])
