"""The road of an activity: planned, done, or given up."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dougong.i18n import _, pgettext
from dougong.workflows import Ask, State, Step, Workflow, later

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _people(session: Session, document: Any) -> Sequence[tuple[int, str]]:
    """Who may be asked: whoever has it now first, then the colleagues."""
    from dougong.activities.queries import colleagues

    return colleagues(session, document.assignee_id if document is not None else None)


def _day(_session: Session, document: Any, _actor: Any) -> Any:
    return document.due_on


def _words(_session: Session, document: Any, _actor: Any) -> Any:
    return document.summary


ACTIVITY_STEPS = Workflow(
    "core.activities",
    states=[
        State("planned", pgettext("activity", "Planned"), "blue", editable=True),
        State("done", pgettext("activity", "Done"), "green"),
        State("cancelled", pgettext("activity", "Given up"), aside=True),
    ],
    steps=[
        Step(
            "done", pgettext("activity", "Mark as done"), ["planned"], "done",
            needs="core.activity.write", primary=True, icon="check",
            effect=later("dougong.activities.service:finish_activities"),
            asks=[Ask("feedback", _("What came of it"), help=_("It becomes a note on the document."))],
        ),
        Step(
            "change", pgettext("activity", "Change…"), ["planned"], "planned",
            needs="core.activity.write", icon="calendar-event",
            effect=later("dougong.activities.service:change_activities"),
            asks=[
                Ask("due_on", pgettext("activity", "Due"), "date", start=_day),
                Ask("assignee", _("Assigned to"), "link", choices=_people),
                Ask("summary", _("Summary"), start=_words),
            ],
        ),
        Step(
            "cancel", pgettext("activity", "Give up"), ["planned"], "cancelled",
            needs="core.activity.write", icon="x",
            effect=later("dougong.activities.service:cancel_activities"),
        ),
    ],
)  # fmt: skip
