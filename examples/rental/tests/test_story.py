"""From the booking to the money, with the books in the house: no one was told of the other."""

from __future__ import annotations

import datetime as dt

import pytest

DAY = dt.date(2026, 3, 2)


@pytest.fixture
def plugins():
    pytest.importorskip("dougong_finance", reason="the story is told with finance in the house")
    return ("base", "finance", "rental")


def test_an_excavator_is_let_billed_and_paid(run_cli, book, read):
    from dougong_rental.rentals.models import Rental

    id = book(2, 4)
    for words in (
        ("rental.rentals", "hand_over"),
        ("rental.rentals", "take_back", "--on", "2026-03-04"),
        ("finance.invoices", "post"),
        ("finance.invoices", "pay", "--on", "2026-03-20"),
    ):
        done = run_cli("step", *words)
        assert done.exit_code == 0, done.output

    with read() as session:
        rental = session.get(Rental, id)
    assert (rental.state, rental.amount, rental.paid_on) == ("returned", 420, dt.date(2026, 3, 20))
    assert run_cli("check").exit_code == 0
