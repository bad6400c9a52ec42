"""A draft that nobody has filled in yet."""

from __future__ import annotations

from dougong_crm.orders.models import Order


def test_a_draft_without_lines_is_not_called_billed():
    order = Order(state="draft", currency="EUR", lines=[])

    order.refresh()

    assert order.invoice_state == "open"
