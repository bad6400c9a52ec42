"""How invitations and their answers are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _
from dougong.resources import Choice, Field, Form, Long, Number, Resource, Rights, Section
from dougong_hr.appraisal.models import Appraisal
from dougong_hr.employees.models import Employee
from dougong_hr.feedback.models import FEEDBACK_STEPS, RELATIONS, Feedback

#: Who may invite by hand sees who has said what.
OFFICE = "hr.feedback.create"


def derive_feedback(feedback: Feedback, facts: Any) -> None:
    """Of whom one speaks."""
    appraisal = facts.get(Appraisal, feedback.appraisal_id)
    about = facts.get(Employee, appraisal.employee_id) if appraisal is not None else None
    if about is not None:
        feedback.about = about.name


def check_feedback(feedback: Feedback, facts: Any) -> None:
    """Nobody speaks of themselves, and nobody for another."""
    appraisal = facts.get(Appraisal, feedback.appraisal_id)
    if appraisal is not None and appraisal.employee_id == feedback.employee_id:
        sentence = _("One's own view stands in the appraisal itself. Choose a colleague.")
        facts.error(feedback, "employee", sentence)


class FeedbackResource(Resource):
    """What colleagues were asked, and what they say."""

    name, model, label, one = "hr.feedback", Feedback, _("Feedback"), _("Feedback")
    icon, title, sort = "message-2", "about", "-id"
    columns = ["about", "employee", "relation", "due_on", "state", "rating"]
    search, filters = ["about", "employee.name"], ["state", "employee", "relation", "due_on"]
    groups = ["relation", "state"]
    form = Form(
        Section("appraisal", "employee", "relation", "due_on"),
        Section("rating", "strengths", "wishes"),
        Section("about", side=True),
    )
    fields = {
        "about": Field(label=_("About")),
        "appraisal": Field(needs=OFFICE),
        "employee": Field(label=_("Who speaks"), needs=OFFICE),
        "relation": Choice(label=_("As"), choices=RELATIONS, needs=OFFICE),
        "due_on": Field(label=_("Answer until"), needs=OFFICE),
        "rating": Number(label=_("Rating"), least=1, most=5),
        "strengths": Long(label=_("What is good")),
        "wishes": Long(label=_("What could be better")),
    }
    derived = ["about"]
    steps, derive, check = FEEDBACK_STEPS, derive_feedback, check_feedback
    rights = Rights("hr.feedback")
