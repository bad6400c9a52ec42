"""The states of a payment and the steps between them."""

from __future__ import annotations

from dougong import Ask, State, Step, Workflow, _, later

_post = later("dougong_finance.payments.service:post_payments")
_allocate = later("dougong_finance.payments.allocating:allocate_to_oldest")
_unallocate = later("dougong_finance.payments.allocating:unallocate")
_reverse = later("dougong_finance.payments.reversal:reverse_payments")
_BOOKED = _("It stands in the books and stays as it is; a reversal corrects it.")


PAYMENT_STEPS = Workflow(
    "finance.payments",
    states=[
        State("draft", _("Draft"), editable=True),
        State("posted", _("Posted"), "green", why=_BOOKED),
        State("reversed", _("Reversed"), "orange", aside=True),
    ],
    steps=[
        Step(
            "post", _("Post"), ["draft"], "posted", effect=_post,
            needs="finance.payment.post", primary=True, icon="check",
            asks=[Ask("on", _("Date"), "date")],
        ),
        Step(
            "allocate", _("Settle the oldest"), ["posted"], "posted", effect=_allocate,
            needs="finance.payment.allocate", icon="arrows-join",
        ),
        Step(
            "unallocate", _("Undo the allocation"), ["posted"], "posted", effect=_unallocate,
            needs="finance.payment.allocate", icon="arrows-split",
            confirm=_("The invoices it paid are open again."),
        ),
        Step(
            "reverse", _("Reverse"), ["posted"], "reversed", effect=_reverse,
            needs="finance.payment.reverse", icon="arrow-back-up",
            confirm=_("The invoices it paid are open again, and the ledger shows the reversal."),
            asks=[Ask("on", _("Date"), "date")], reason="required",
        ),
    ],
)  # fmt: skip
