"""A day over the counter, with warehouse and books in the house: nobody was told of the other."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong_pos.tills.models import Day
from dougong_pos.tills.service import close_days

D = Decimal


@pytest.fixture
def plugins(request):
    for name in ("dougong_finance", "dougong_inventory"):
        pytest.importorskip(name, reason="the story is told with warehouse and books in the house")
    return getattr(request, "param", ("base", "inventory", "finance", "pos"))


@pytest.fixture
def ledger(run_cli):
    """What stands on the accounts that have moved, by code: debits less credits."""

    def ask():
        told = run_cli(
            "report", "finance.trial-balance", "-p", "start=2020-01-01", "-p", "end=2099-12-31",
            "--format", "json",
        )  # fmt: skip
        assert told.exit_code == 0, told.output
        return {row["code"]: D(row["closing"]) for row in json.loads(told.stdout)["lines"]}

    return ask


@pytest.fixture
def close(work, read):
    """Count the drawer and close the till, as a cashier does in the evening."""

    def act(counted):
        with read() as session:
            id = session.scalar(select(Day.id).where(Day.state == "open"))
        with work() as uow:
            return close_days(uow, [id], counted=D(counted))[0]

    return act


def a_day(at):
    """Two teas in cash (11.90), a cup by card (2.98), a tea in cash (5.95)."""
    at("open", cash="50")
    for code, means, given in (("2*TEA", "cash", "20"), ("CUP", "card", ""), ("TEA", "cash", "10")):
        at(code=code)
        at(means, given=given)


def test_what_is_sold_waits_in_the_warehouse_and_stands_in_the_books(at, run_cli):
    at("open", cash="50")
    at(code="2*TEA")
    at("cash", given="20")

    deliveries = run_cli("export", "inventory.deliveries", "--as-seen").stdout
    invoices = run_cli("export", "finance.invoices", "--as-seen").stdout
    assert "STREET" in deliveries or "Street" in deliveries
    assert "11.90" in invoices
    posted = run_cli("step", "finance.invoices", "post")
    assert posted.exit_code == 0, posted.output
    assert run_cli("check").exit_code == 0


def invoices(run_cli):
    """The state and the open amount of each, as the list shows them."""
    told = run_cli("export", "finance.invoices", "--as-seen").stdout
    return sorted((row["State"], D(row["Open"])) for row in csv.DictReader(io.StringIO(told)))


@pytest.mark.parametrize("first", ["invoices", "takings"])
def test_the_ledger_is_equal_to_the_till_whatever_is_booked_first(
    at, close, ledger, run_cli, first
):
    a_day(at)
    if first == "invoices":
        run_cli("step", "finance.invoices", "post")
    day = close("67.80")
    if first == "takings":
        run_cli("step", "finance.invoices", "post")

    # There should be 50 + 17.85; five cents are missing.
    assert day.difference == D("-0.05")
    assert ledger() == {
        "1000": day.counted - day.opened_with,
        "1020": D("2.98"),
        "6880": D("0.05"),
        "1100": 0,
        "4000": D("-17.50"),
        "2100": D("-3.33"),
    }
    assert invoices(run_cli) == [("Paid", 0)] * 3
    assert run_cli("check").exit_code == 0


@pytest.mark.parametrize("plugins", [("base", "inventory", "pos")], indirect=True)
def test_books_that_come_later_hold_what_books_that_were_there_hold(at, close, ledger, run_cli):
    a_day(at)
    close("68")
    come = run_cli("plugin", "install", "finance", "--enable", "--yes")
    assert come.exit_code == 0, come.output

    for _again in range(2):
        done = run_cli("plugin", "catch-up", "finance", "--yes")
        assert done.exit_code == 0, done.output
    run_cli("step", "finance.invoices", "post")

    books = ledger()
    assert (books["1000"], books["1020"], books["6880"]) == (D(18), D("2.98"), D("-0.15"))
    assert books["1100"] == 0
    assert invoices(run_cli) == [("Paid", 0)] * 3
    assert run_cli("check").exit_code == 0
