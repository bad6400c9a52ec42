"""The states of a request."""

from __future__ import annotations

from dougong import State, Step, Workflow, _, later, pgettext

REQUEST_STEPS = Workflow(
    "purchasing.requests",
    states=[
        State("draft", _("Draft"), editable=True),
        State("approved", _("Approved"), "blue"),
        State("ordered", _("Ordered"), "green"),
        State("refused", _("Refused"), "red", aside=True),
    ],
    steps=[
        Step(
            "submit", _("Submit"), ["draft"], "approved", needs="purchasing.request.submit",
            effect=later("dougong_purchasing.requests.service:submit_requests"),
            primary=True, icon="send",
        ),
        Step(
            "refuse", _("Refuse"), ["draft", "approved"], "refused",
            needs="purchasing.request.refuse", icon="x",
        ),
        Step(
            "order", pgettext("step", "Order"), ["approved"], "ordered", needs="purchasing.order.create",
            effect=later("dougong_purchasing.requests.ordering:order_requests"),
            primary=True, icon="shopping-cart",
        ),
        Step(
            "reopen", _("Back to draft"), ["refused", "approved"], "draft",
            needs="purchasing.request.submit",
            effect=later("dougong_purchasing.requests.service:reopen_requests"),
            icon="arrow-back",
        ),
    ],
)  # fmt: skip
