"""The states of a sales order and the steps between them."""

from __future__ import annotations

from dougong import Ask, State, Step, Workflow, _, later, pgettext

DELIVERY_STATES = {
    "unneeded": _("Nothing to deliver"),
    "open": _("Not delivered"),
    "partial": _("Partly delivered"),
    "full": _("Delivered"),
}
INVOICE_STATES = {
    "open": _("Not billed"),
    "partial": _("Partly billed"),
    "full": _("Billed"),
}
PAYMENT_STATES = {
    "open": pgettext("order", "Not paid"),
    "partial": pgettext("order", "Partly paid"),
    "full": pgettext("order", "Paid"),
}
INVOICE_ON = {"order": _("On order"), "delivery": _("On delivery")}

ORDER_STEPS = Workflow(
    "crm.orders",
    states=[
        State("draft", _("Draft"), editable=True),
        State("confirmed", _("Confirmed"), "blue"),
        State("done", _("Done"), "green"),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "confirm",
            _("Confirm"),
            ["draft"],
            "confirmed",
            needs="crm.order.confirm",
            effect=later("dougong_crm.orders.service:confirm_orders"),
            primary=True,
            icon="circle-check",
            asks=[Ask("on", _("Date"), "date")],
        ),
        Step(
            "bill",
            _("Bill what is open"),
            ["confirmed", "done"],
            "confirmed",
            needs="crm.order.confirm",
            effect=later("dougong_crm.orders.billing:bill_orders"),
            icon="receipt",
            asks=[Ask("on", _("Date"), "date")],
        ),
        Step(
            "cut",
            _("Give up the rest"),
            ["confirmed"],
            "confirmed",
            needs="crm.order.write",
            effect=later("dougong_crm.changes.service:cut_orders"),
            icon="cut",
            confirm=_("What is not delivered yet will not be delivered any more."),
        ),
        Step(
            "change",
            _("Change quantities"),
            ["confirmed"],
            "confirmed",
            needs="crm.change.create",
            effect=later("dougong_crm.changes.service:start_changes"),
            icon="edit",
        ),
        Step(
            "return",
            _("Take back"),
            ["confirmed", "done"],
            "confirmed",
            needs="crm.return.create",
            effect=later("dougong_crm.returns.service:start_returns"),
            icon="arrow-back-up",
        ),
        Step(
            "finish",
            _("Close"),
            ["confirmed"],
            "done",
            needs="crm.order.confirm",
            effect=later("dougong_crm.orders.service:finish_orders"),
            icon="check",
        ),
        Step(
            "cancel",
            _("Cancel"),
            ["draft", "confirmed"],
            "cancelled",
            needs="crm.order.cancel",
            effect=later("dougong_crm.orders.service:cancel_orders"),
            icon="x",
            confirm=_("The order is given up and its goods are set free."),
            reason="optional",
        ),
        Step(
            "reopen",
            _("Back to draft"),
            ["cancelled"],
            "draft",
            needs="crm.order.cancel",
            effect=later("dougong_crm.orders.service:reopen_orders"),
            icon="arrow-back",
        ),
    ],
)
