"""A cup of tea over the counter, with warehouse and books in the house: nobody was told of the other."""

from __future__ import annotations

import pytest


@pytest.fixture
def plugins():
    pytest.importorskip("dougong_finance", reason="the story is told with finance in the house")
    pytest.importorskip("dougong_inventory", reason="the story is told with inventory in the house")
    return ("base", "inventory", "finance", "pos")


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
