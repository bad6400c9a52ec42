"""The states of an invoice and the steps between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dougong import Ask, State, Step, Workflow, _, later

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from dougong import Actor
    from dougong_finance.invoices.models import Invoice


_post = later("dougong_finance.invoices.posting:post_invoices")
_cancel = later("dougong_finance.invoices.service:cancel_invoices")
_pay = later("dougong_finance.payments.paying:pay_invoices")


def _money_journals(session: Session, document: Invoice | None) -> Any:
    from dougong_finance.journals.queries import money_journals

    return money_journals(session, document)


def _open(_session: Session, document: Invoice, _actor: Actor) -> Any:
    return document.open


def _today(_session: Session, _document: Invoice, actor: Actor) -> Any:
    return actor.today


_settle = later("dougong_finance.payments.allocating:allocate_to_oldest")
_reverse = later("dougong_finance.invoices.reversal:reverse_invoices")
_BOOKED = _("It stands in the books and stays as it is; a reversal corrects it.")


INVOICE_STEPS = Workflow(
    "finance.invoices",
    states=[
        State("draft", _("Draft"), editable=True),
        State("posted", _("Posted"), "blue", why=_BOOKED),
        State("partly", _("Partly paid"), "cyan", why=_BOOKED),
        State("paid", _("Paid"), "green", why=_BOOKED),
        State("reversed", _("Reversed"), "orange", aside=True),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "post", _("Post"), ["draft"], "posted", effect=_post,
            needs="finance.invoice.post", primary=True, icon="check",
            asks=[Ask("on", _("Invoice date"), "date")],
        ),
        Step(
            "cancel", _("Cancel draft"), ["draft"], "cancelled", effect=_cancel,
            needs="finance.invoice.cancel", icon="x", reason="optional",
        ),
        Step(
            "pay", _("Register payment"), ["posted", "partly"], "paid", effect=_pay,
            needs="finance.payment.post", primary=True, icon="cash-banknote",
            asks=[
                Ask("journal", _("Bank or cash"), "link", choices=_money_journals),
                Ask(
                    "amount", _("Amount"), "amount", start=_open,
                    help=_("Less is a part payment. Empty: all that is open."),
                ),
                Ask("on", _("Paid on"), "date", start=_today, help=_("Empty: today.")),
                Ask("reference", _("Reference")),
                Ask("credit", _("Keep what is more than open as a credit"), "flag"),
            ],
        ),
        Step(
            "settle", _("Settle with the oldest"), ["posted", "partly"], "partly", effect=_settle,
            needs="finance.payment.allocate", icon="arrows-join",
        ),
        Step(
            "reverse", _("Reverse"), ["posted", "partly", "paid"], "reversed", effect=_reverse,
            needs="finance.invoice.reverse", icon="arrow-back-up",
            confirm=_("A credit note over the whole amount takes this invoice back."),
            asks=[Ask("on", _("Date"), "date")], reason="required",
        ),
    ],
)  # fmt: skip
