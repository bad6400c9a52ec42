"""The states of a request for quotation, and of each supplier's answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dougong import Ask, State, Step, Workflow, _, later

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _lines(session: Session, document: Any) -> Any:
    from dougong_purchasing.rfqs.compare import lines_of

    return [("", "—"), *lines_of(session, document)]


def _suppliers(session: Session, document: Any) -> Any:
    from dougong_purchasing.rfqs.compare import suppliers_of

    return [("", "—"), *suppliers_of(session, document)]


RFQ_STEPS = Workflow(
    "purchasing.rfqs",
    states=[
        State("draft", _("Draft"), editable=True),
        State("sent", _("Asked"), "blue"),
        State("awarded", _("Awarded"), "green"),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "send", _("Ask the suppliers"), ["draft"], "sent", needs="purchasing.rfq.send",
            effect=later("dougong_purchasing.rfqs.service:send_rfqs"),
            primary=True, icon="send",
        ),
        Step(
            "award", _("Award"), ["sent"], "sent", needs="purchasing.rfq.award",
            effect=later("dougong_purchasing.rfqs.awarding:award_rfqs"),
            primary=True, icon="trophy",
            asks=[
                Ask(
                    "supplier", _("Supplier"), "link", choices=_suppliers,
                    help=_("Empty: each line to the best offer."),
                ),
                Ask("line", _("Line"), "link", choices=_lines, help=_("Empty: all open lines.")),
                Ask(
                    "quantity", _("Quantity"), "quantity",
                    help=_("Of one line, for one supplier. Empty: all that is open."),
                ),
            ],
        ),
        Step(
            "remind", _("Write once more"), ["sent"], "sent", needs="purchasing.rfq.send",
            effect=later("dougong_purchasing.rfqs.service:remind_suppliers"), icon="mail",
            confirm=_("Whoever has not answered yet gets the link by e-mail once more."),
        ),
        Step(
            "cancel", _("Cancel"), ["draft", "sent"], "cancelled", needs="purchasing.rfq.send",
            icon="x", reason="optional",
        ),
    ],
)  # fmt: skip
QUOTE_STEPS = Workflow(
    "purchasing.quotes",
    states=[
        State("asked", _("Asked"), "secondary", editable=True),
        State("answered", _("Answered"), "blue", editable=True),
        State("declined", _("Declined"), "orange", aside=True),
    ],
    steps=[
        Step(
            "answer", _("Note the answer"), ["asked", "answered"], "answered",
            needs="purchasing.quote.write",
            effect=later("dougong_purchasing.rfqs.service:note_answers"),
            primary=True, icon="circle-check",
        ),
        Step(
            "decline", _("They do not offer"), ["asked", "answered"], "declined",
            needs="purchasing.quote.write",
            effect=later("dougong_purchasing.rfqs.service:decline_quotes"), icon="x",
        ),
    ],
)  # fmt: skip
