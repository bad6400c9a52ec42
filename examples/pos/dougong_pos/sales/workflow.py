"""A sale is open while somebody scans; then it is paid, or given up."""

from __future__ import annotations

from dougong import State, Step, Workflow, _, later, pgettext

SALE_STEPS = Workflow(
    "pos.sales",
    states=[
        State("open", pgettext("till", "Being scanned")),
        State("paid", _("Paid"), "green"),
        State("given_up", pgettext("till", "Given up"), "red", aside=True),
    ],
    steps=[
        Step(
            "pay",
            _("Pay by card"),
            ["open"],
            "paid",
            "pos.sale.sell",
            effect=later("dougong_pos.sales.service:pay_by_card"),
        ),
        Step("give_up", pgettext("till", "Give up"), ["open"], "given_up", "pos.sale.sell"),
    ],
)
