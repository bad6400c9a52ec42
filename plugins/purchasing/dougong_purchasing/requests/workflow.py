"""The states of a request."""

from __future__ import annotations

from dougong import State, Step, Workflow, _, later, pgettext

REQUEST_STEPS = Workflow(
    "purchasing.requests",
    states=[
        State("draft", _("Draft"), editable=True),
        State("submitted", _("To be approved"), "orange"),
        State("approved", _("Approved"), "blue"),
        State("ordered", _("Ordered"), "green"),
        State("refused", _("Refused"), "red", aside=True),
    ],
    steps=[
        Step(
            "submit", _("Submit"), ["draft"], "submitted", needs="purchasing.request.submit",
            effect=later("dougong_purchasing.requests.service:submit_requests"),
            primary=True, icon="send",
        ),
        Step(
            "approve", _("Approve"), ["submitted"], "approved",
            needs="purchasing.request.approve",
            effect=later("dougong_purchasing.requests.service:approve_requests"),
            primary=True, icon="circle-check",
        ),
        Step(
            "refuse", _("Refuse"), ["submitted", "approved"], "refused",
            needs="purchasing.request.approve", icon="x",
        ),
        Step(
            "order", pgettext("step", "Order"), ["approved"], "ordered", needs="purchasing.order.create",
            effect=later("dougong_purchasing.requests.ordering:order_requests"),
            primary=True, icon="shopping-cart",
        ),
        Step(
            "reopen", _("Back to draft"), ["refused", "submitted"], "draft",
            needs="purchasing.request.submit",
            effect=later("dougong_purchasing.requests.service:reopen_requests"),
            icon="arrow-back",
        ),
    ],
)  # fmt: skip
