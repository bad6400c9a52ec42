"""The states of a purchase order and the steps between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dougong import Ask, State, Step, Workflow, _, later, pgettext

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

RECEIPT_STATES = {
    "unneeded": _("Nothing to receive"),
    "open": _("Not received"),
    "partial": _("Partly received"),
    "full": pgettext("order", "Received"),
}
BILL_STATES = {
    "open": _("Not billed"),
    "partial": _("Partly billed"),
    "full": _("Billed"),
}
PAYMENT_STATES = {
    "open": pgettext("purchase", "Not paid"),
    "partial": pgettext("purchase", "Partly paid"),
    "full": pgettext("purchase", "Paid"),
}
BILL_ON = {
    "order": pgettext("bills", "On order"),
    "receipt": pgettext("bills", "On receipt"),
}


def _lines(session: Session, document: Any) -> Any:
    from dougong_purchasing.orders.changes import lines_of

    return lines_of(session, document)


def _lines_or_all(session: Session, document: Any) -> Any:
    return [("", "—"), *_lines(session, document)]


_ON = Ask("on", _("Date"), "date")

ORDER_STEPS = Workflow(
    "purchasing.orders",
    states=[
        State("draft", _("Draft"), editable=True),
        State("confirmed", _("Confirmed"), "blue"),
        State("done", _("Done"), "green"),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "confirm", _("Confirm"), ["draft"], "confirmed", needs="purchasing.order.confirm",
            effect=later("dougong_purchasing.orders.service:confirm_orders"),
            primary=True, icon="circle-check", asks=[_ON],
        ),
        Step(
            "reopen", _("Back to draft"), ["cancelled"], "draft",
            needs="purchasing.order.write",
            effect=later("dougong_purchasing.orders.service:reopen_orders"), icon="arrow-back",
        ),
        Step(
            "bill", _("Bill what is open"), ["confirmed", "done"], "confirmed",
            needs="purchasing.order.confirm",
            effect=later("dougong_purchasing.orders.billing:bill_orders"), icon="receipt",
            asks=[_ON],
        ),
        Step(
            "change", _("Change a line"), ["confirmed"], "confirmed",
            needs="purchasing.order.change",
            effect=later("dougong_purchasing.orders.changes:change_orders"), icon="edit",
            asks=[
                Ask(
                    "line", _("Line"), "link", required=True,
                    choices=_lines,
                ),
                Ask("quantity", _("New quantity"), "quantity", help=_("Empty: as it was.")),
                Ask("price", _("New price"), "amount", help=_("Empty: as it was.")),
                Ask("expected_on", pgettext("goods", "Expected on"), "date", help=_("Empty: as it was.")),
                Ask("reason", _("Reason")),
            ],
        ),
        Step(
            "cut", _("Give up the rest"), ["confirmed"], "confirmed",
            needs="purchasing.order.change",
            effect=later("dougong_purchasing.orders.changes:cut_orders"), icon="cut",
            confirm=_("What has not come yet will not be expected any more."),
            asks=[
                Ask("line", _("Line"), "link", choices=_lines_or_all, help=_("Empty: all lines.")),
                Ask("reason", _("Reason")),
            ],
        ),
        Step(
            "return", _("Send back"), ["confirmed", "done"], "confirmed",
            needs="purchasing.return.create",
            effect=later("dougong_purchasing.returns.service:start_returns"),
            icon="arrow-forward-up",
        ),
        Step(
            "finish", _("Close"), ["confirmed"], "done", needs="purchasing.order.confirm",
            effect=later("dougong_purchasing.orders.service:finish_orders"), icon="check",
        ),
        Step(
            "cancel", _("Cancel"), ["draft", "confirmed"], "cancelled",
            needs="purchasing.order.cancel",
            effect=later("dougong_purchasing.orders.service:cancel_orders"), icon="x",
            confirm=_("The order is given up; nothing of it is expected any more."),
            reason="optional",
        ),
    ],
)  # fmt: skip
