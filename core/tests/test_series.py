"""Number series: how they read, how they are changed for the future, what an auditor asks."""

from __future__ import annotations

import dataclasses
import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import func, select, update
from till import Receipt

from dougong import Forbidden, Invalid, NotFound, Refused
from dougong.audit.models import AuditEntry
from dougong.checks.series import every_series
from dougong.series.models import SeriesGap, SeriesPattern
from dougong.series.patterns import Pattern
from dougong.series.queries import standing
from dougong.series.service import change_pattern, leave_out, look_ahead, wish_from

KIND = "till.receipt"


def sell(till, me, *days):
    def act(uow):
        made = [Receipt(total=Decimal(1), sold_on=day or uow.today) for day in days or (None,)]
        uow.add(*made)
        for receipt in made:
            uow.number(receipt, KIND, on=receipt.sold_on)
        uow.complete()
        return [receipt.number for receipt in made]

    return till.run(me, act)


def wish(till, me, text, digits=5, restart="year", days=0):
    with till.look(me) as uow:
        return wish_from(text, digits, restart, uow.today + dt.timedelta(days=days))


def change(till, me, text, **said):
    asked = wish(till, me, text, **said)
    till.run(me, lambda uow: change_pattern(uow, KIND, asked))


def refused(till, me, text, **said):
    with pytest.raises(Invalid) as told:
        change(till, me, text, **said)
    return {field: str(sentence) for field, sentence in told.value.errors.items()}


def test_the_running_number_goes_on_when_the_pattern_changes(till, me):
    year = dt.datetime.now(dt.UTC).year
    assert sell(till, me, None, None) == [f"R-{year}-00001", f"R-{year}-00002"]

    change(till, me, "Q{yy}/{number}", digits=3)

    assert sell(till, me) == [f"Q{year % 100}/003"]


def test_counting_may_start_anew_each_month_or_never(till, me):
    change(till, me, "M{year}{month}-{number}", digits=2, restart="month")
    first, second = dt.date(2090, 1, 31), dt.date(2090, 2, 1)
    assert sell(till, me, first, second, second) == ["M209001-01", "M209002-01", "M209002-02"]

    change(till, me, "N{number}", digits=4, restart="never")

    assert sell(till, me, first, second) == ["N0001", "N0002"]


def test_a_change_counts_from_its_day_on(till, me):
    with till.look(me) as uow:
        today = uow.today
    change(till, me, "F-{year}-{number}", days=10)

    assert sell(till, me, today) == [f"R-{today.year}-00001"]
    later = today + dt.timedelta(days=10)
    assert sell(till, me, later)[0].startswith(f"F-{later.year}-")


def test_each_company_counts_in_its_own_way(till, me):
    other = dataclasses.replace(me, company_id=2, companies=(2,))
    change(till, me, "A{year}-{number}")

    assert sell(till, me)[0].startswith("A")
    assert sell(till, other)[0].startswith("R-")


def test_a_wider_number_shares_the_counter(till, me):
    sell(till, me)
    change(till, me, "R-{year}-{number}", digits=7)

    assert sell(till, me)[0].endswith("-0000002")


@pytest.mark.parametrize(
    ("text", "said", "field", "words"),
    [
        ("R-{year}", {}, "text", "running number {number} must stand"),
        ("R-{year}-{number}-{number}", {}, "text", "must stand in it once"),
        ("R-{number}", {}, "text", "{year} must stand in it"),
        ("R-{year}-{number}", {"restart": "month"}, "text", "{month} must stand in it"),
        ("R-{day}-{number}", {}, "text", "no place {day}"),
        ("R-{year-{number}", {}, "text", "no place {"),
        ("R\n{year}{number}", {}, "text", "Use letters"),
        ("R" * 40 + "{year}{number}", {}, "text", "longer than 30"),
        ("R-{year}-{number}", {"digits": 0}, "digits", "from 1 to 12"),
        ("R-{year}-{number}", {"restart": "weekly"}, "restart", "Choose one of"),
        ("R-{year}-{number}", {"days": -1}, "from_on", "Choose today or later"),
        ("R-{year}-{number}", {"days": 9999}, "from_on", "within ten years"),
    ],
)  # fmt: skip
def test_what_cannot_be_a_pattern_is_told_at_its_field(till, me, text, said, field, words):
    assert words in refused(till, me, text, **said)[field]
    with till.read(me) as session:
        assert session.scalar(select(func.count()).select_from(SeriesPattern)) == 0


def test_a_pattern_that_could_repeat_an_earlier_number_is_refused(till, me):
    sell(till, me)

    assert "earlier pattern" in refused(till, me, "R-{year}-{number}", restart="never")["text"]
    assert "earlier pattern" in refused(till, me, "R-{year}-{month}{number}")["text"]
    assert "earlier pattern" in refused(
        till, me, "R-{year}-{number}{month}", restart="month", digits=4
    )["text"]  # fmt: skip


def test_a_number_that_came_with_a_document_is_not_given_again(till, me):
    sell(till, me)
    till.run(
        me,
        lambda uow: uow.add(Receipt(total=Decimal(1), sold_on=uow.today, number="OLD-00007")),
    )

    told = refused(till, me, "OLD-{number}", restart="never")["text"]

    assert "OLD-00007 stands on a document already" in told


def test_series_on_the_same_documents_never_read_alike(till, me):
    from dougong import Series

    till.series = {**till.series, "till.refund": Series("till.refund", "Refunds", "RF")}

    def act(uow):
        receipt = Receipt(total=Decimal(1), sold_on=uow.today)
        uow.add(receipt)
        uow.number(receipt, "till.refund")

    till.run(me, act)
    sell(till, me)

    assert "Refunds" in refused(till, me, "RF-{year}-{number}")["text"]


def test_looking_ahead_shows_three_numbers_and_changes_nothing(till, me):
    year = dt.datetime.now(dt.UTC).year
    sell(till, me)
    asked = wish(till, me, "L{year}-{number}", digits=3)

    with till.look(me) as uow:
        ahead = look_ahead(uow, KIND, asked)

    assert ahead == [f"L{year}-002", f"L{year}-003", f"L{year}-004"]
    assert sell(till, me) == [f"R-{year}-00002"]


def test_numbers_are_left_out_with_a_reason_and_never_taken_back(till, me):
    year = dt.datetime.now(dt.UTC).year
    sell(till, me)
    till.run(me, lambda uow: leave_out(uow, KIND, 1043, "Goes on from the old system"))

    assert sell(till, me) == [f"R-{year}-01043"]
    with till.read(me) as session:
        gap = session.scalars(select(SeriesGap)).one()
        assert (gap.first, gap.final, gap.reason) == (2, 1042, "Goes on from the old system")
        assert list(every_series(session)) == []
    with pytest.raises(Refused, match="A series goes forward only"):
        till.run(me, lambda uow: leave_out(uow, KIND, 5, "Back"))
    with pytest.raises(Invalid):
        till.run(me, lambda uow: leave_out(uow, KIND, 5000, "  "))
    with pytest.raises(Invalid):
        till.run(me, lambda uow: leave_out(uow, KIND, 0, "Zero"))


def test_a_lost_number_is_found_under_every_pattern_there_was(till, me):
    year = dt.datetime.now(dt.UTC).year
    sell(till, me, None, None)
    change(till, me, "Z{year}-{number}", digits=3)
    sell(till, me, None, None)
    with till.read(me) as session:
        assert list(every_series(session)) == []

    with till.engine.begin() as connection:
        connection.execute(
            update(Receipt).where(Receipt.number == f"Z{year}-003").values(number=None)
        )

    with till.read(me) as session:
        assert list(every_series(session)) == [f"{KIND} {year}, company 1: 1 missing: 3"]


def test_who_changed_a_series_stands_in_the_history(till, me):
    change(till, me, "H{year}-{number}")

    with till.read(me) as session:
        told = session.scalars(select(AuditEntry).where(AuditEntry.document == "core.series")).one()
        assert "H{year}-{number}" in told.changes
        assert session.scalars(select(SeriesPattern)).one().by == me.name


def test_only_who_may_changes_a_series(till, me):
    anybody = dataclasses.replace(me, rights=frozenset({"core.series.read"}))
    asked = wish(till, me, "H{year}-{number}")

    with pytest.raises(Forbidden):
        till.run(anybody, lambda uow: change_pattern(uow, KIND, asked))
    with pytest.raises(Forbidden):
        till.run(anybody, lambda uow: leave_out(uow, KIND, 9, "x"))
    with pytest.raises(NotFound), till.read(me) as session:
        standing(session, till.series, (1, "till.nothing"), dt.date(2026, 1, 1))


@pytest.mark.once
@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        (("A{number}", 3), ("B{number}", 3), False),
        (("A{number}", 3), ("A{number}", 5), True),
        (("A{number}", 3), ("A-{number}", 3), False),
        (("{year}{number}", 3), ("{number}", 3), True),
        (("{number}-A", 3), ("{number}-B", 3), False),
        (("A1{number}", 2), ("A{number}", 2), True),
        (("发票{number}", 2), ("发货{number}", 2), False),
    ],
)
def test_whether_two_patterns_can_read_alike(one, other, alike):
    a, b = Pattern(*one, "never"), Pattern(*other, "never")
    assert a.meets(b) is alike
    assert b.meets(a) is alike


@pytest.mark.once
def test_what_was_worded_is_read_back():
    day = dt.date(2026, 3, 9)
    for pattern in (
        Pattern("SO-{year}-{number}"),
        Pattern("{yy}{month}/{number}", 2, "month"),
        Pattern("{number}.{year}{year}", 1),
        Pattern("X{number}", 3, "never"),
    ):
        for n in (1, 99, 1234567):
            assert pattern.read(pattern.word(day, n)) == (pattern.period(day), n)
    assert Pattern("SO-{year}-{number}").read("SO-2026-000001") is None


class TestPages:
    PAGE = "/core/series/shop.order"

    def test_the_list_tells_the_next_number(self, visit):
        page = visit().get("/core/series").get_data(as_text=True)
        assert "S-{year}-{number}" in page
        assert "-00001" in page

    def test_a_pattern_is_previewed_saved_and_told(self, visit):
        browser = visit()
        form = {"text": "X{year}-{number}", "digits": "3", "restart": "year"}
        ahead = browser.post(f"{self.PAGE}/preview", data=form)
        assert ahead.status_code == 200
        assert "-003" in ahead.get_data(as_text=True)

        looked = browser.post(f"{self.PAGE}/pattern", data={**form, "look": "1"})
        assert "-003" in looked.get_data(as_text=True)
        saved = browser.post(f"{self.PAGE}/pattern", data=form)
        assert saved.status_code == 303
        page = browser.get(saved.location).get_data(as_text=True)
        assert "X{year}-{number}" in page
        assert "S-{year}-{number}" in page

    @pytest.mark.parametrize(
        ("path", "form", "status", "words"),
        [
            ("pattern", {"text": "S"}, 422, "running number {number}"),
            ("pattern", {"text": "S-{year}-{number}", "digits": "x"}, 422, "from 1 to 12"),
            ("pattern", {"text": "S-{year}-{number}", "digits": "5", "restart": "year",
                         "from_on": "soon"}, 422, "not a date"),
            ("preview", {"text": "{x}"}, 422, "no place {x}"),
            ("next", {"number": "x", "reason": "y"}, 422, "whole number"),
            ("next", {"number": "1", "reason": "y"}, 409, "forward only"),
            ("next", {"number": "9", "reason": ""}, 422, "auditor"),
        ],
    )  # fmt: skip
    def test_what_is_wrong_is_told_at_the_field(self, visit, path, form, status, words):
        told = visit().post(f"{self.PAGE}/{path}", data=form)
        assert told.status_code == status
        assert words in told.get_data(as_text=True)

    def test_no_such_series_and_no_right(self, visit):
        assert visit().get("/core/series/nothing").status_code == 404
        reader = visit(frozenset({"core.series.read"}))
        assert "Change the pattern" not in reader.get(self.PAGE).get_data(as_text=True)
        assert reader.post(f"{self.PAGE}/pattern", data={}).status_code == 403
        assert visit(frozenset()).get("/core/series").status_code == 403

    def test_programs_read_and_change(self, visit):
        browser = visit()
        (one,) = browser.get("/api/v1/core/series").get_json()["items"]
        assert (one["kind"], one["text"]) == ("shop.order", "S-{year}-{number}")
        told = browser.put("/api/v1/core/series/shop.order", json={"text": "P{year}-{number}"})
        assert told.get_json()["next"].startswith("P")
        wrong = browser.put("/api/v1/core/series/shop.order", json={"digits": "5", "x": 1})
        assert wrong.status_code == 422
        assert set(wrong.get_json()["errors"]) == {"digits", "x"}
