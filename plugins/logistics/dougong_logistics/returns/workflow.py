"""The states of a return and the steps between them."""

from __future__ import annotations

from dougong import Ask, State, Step, Workflow, _, later, pgettext

_service = "dougong_logistics.returns.service"
_ON = Ask("on", _("Date"), "date")

RETURN_STEPS = Workflow(
    "logistics.returns",
    states=[
        State("draft", _("Draft"), editable=True),
        State("announced", _("Awaited"), "blue"),
        State("received", pgettext("return", "To be inspected"), "purple", editable=True),
        State("done", pgettext("return", "Inspected"), "green"),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "announce", pgettext("return", "Announce"), ["draft"], "announced",
            "logistics.return.announce", later(f"{_service}:announce"), primary=True, icon="send",
            asks=[_ON],
        ),
        Step(
            "receive", pgettext("return", "Take in"), ["announced"], "received",
            "logistics.return.receive", later(f"{_service}:receive"), primary=True,
            icon="package-import", asks=[_ON],
        ),
        Step(
            "inspect", pgettext("return", "Close the inspection"), ["received"], "done",
            "logistics.return.inspect", later(f"{_service}:inspect"), primary=True,
            icon="list-check", asks=[_ON],
            confirm=_("Damaged goods are kept apart, and the customer is credited."),
        ),
        Step(
            "cancel", _("Cancel"), ["draft", "announced"], "cancelled",
            "logistics.return.announce", later(f"{_service}:cancel"), icon="ban",
            reason="optional",
        ),
    ],
)  # fmt: skip
