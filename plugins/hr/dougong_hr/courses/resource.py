"""How training is shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _, pgettext
from dougong.resources import (
    Calendar,
    Choice,
    Field,
    Form,
    Lines,
    Long,
    Number,
    Resource,
    Rights,
    Section,
)
from dougong_hr.courses.models import RESULTS, SESSION_STEPS, Course, TrainingSession
from dougong_hr.courses.papers import AGREEMENT_STEPS, Agreement, Certificate


def check_session(session: TrainingSession, facts: Any) -> None:
    """As many people as there are seats, each once."""
    people = [p.employee_id for p in session.participants]
    if session.seats and len(people) > session.seats:
        facts.error(session, "seats", _("There are more participants than seats."))
    if len(set(people)) < len(people):
        facts.error(session, "course", _("Somebody takes part twice."))


class CourseResource(Resource):
    """What people can learn here."""

    name, model, label, one = "hr.courses", Course, _("Courses"), _("Course")
    icon, identity, title, sort = "school", "code", "name", "code"
    columns = ["code", "name", "hours", "valid_months", "confidential", "active"]
    search, filters = ["code", "name", "description"], ["confidential", "active"]
    form = Form(
        Section("code", "name", "hours", "valid_months", "confidential", "active"),
        Lines("materials", "name", "address", title=_("Course material")),
        Section("description", side=True),
    )
    fields = {
        "hours": Number(label=_("Hours"), least=0),
        "valid_months": Number(
            label=_("Months it holds"), least=1, most=600, help=_("Empty is for ever.")
        ),
        "confidential": Field(label=_("Only after a confidentiality agreement")),
        "description": Long(label=_("Description")),
        "materials.name": Field(label=_("Name")),
        "materials.address": Field(label=_("Where it is found")),
    }
    rights = Rights("hr.course")


class SessionResource(Resource):
    """Courses by day, and who took part."""

    name, model, label = "hr.sessions", TrainingSession, _("Training sessions")
    one, icon, title, sort = _("Training session"), "presentation", "on", "-on"
    columns = ["on", "course", "place", "trainer", "seats", "state"]
    search, filters = ["course.name", "place", "trainer"], ["state", "course", "on"]
    groups = ["course", "state"]
    form = Form(
        Section("course", "on", "place", "trainer", "seats"),
        Lines("participants", "employee", "present", "result", "comment", title=_("Participants")),
    )
    fields = {
        "on": Field(label=_("Day")),
        "place": Field(label=_("Place")),
        "trainer": Field(label=_("Trainer")),
        "seats": Number(label=_("Seats"), least=1, most=10000),
        "participants.present": Field(label=_("Was there")),
        "participants.result": Choice(
            label=pgettext("training", "Result"), choices=RESULTS, required=False
        ),
        "participants.comment": Field(label=_("Comment")),
    }
    boards = [Calendar("on")]
    steps, check, rights = SESSION_STEPS, check_session, Rights("hr.session")


class CertificateResource(Resource):
    """What people have proved, and until when it holds."""

    name, model, label, one = "hr.certificates", Certificate, _("Certificates"), _("Certificate")
    icon, title, sort = "certificate", "name", "valid_until"
    columns = ["employee", "name", "course", "given_on", "valid_until"]
    search = ["employee.name", "name"]
    filters, groups = ["employee", "course", "given_on", "valid_until"], ["course", "employee"]
    form = Form(
        Section("employee", "name", "course", "given_on", "valid_until"),
        Section("session", "note", side=True),
    )
    fields = {
        "given_on": Field(label=_("Given on")),
        "valid_until": Field(label=_("Holds until")),
        "session": Field(label=_("Training session")),
        "note": Field(label=_("Note")),
    }
    derived = ["session"]
    rights = Rights("hr.certificate")


class AgreementResource(Resource):
    """Promises of confidentiality."""

    name, model, label = "hr.agreements", Agreement, _("Confidentiality agreements")
    one, icon, title, sort = _("Confidentiality agreement"), "writing-sign", "name", "-id"
    columns = ["employee", "name", "state", "valid_until", "signed_at", "signed_by"]
    search, groups = ["employee.name", "name"], ["state"]
    filters = ["state", "employee", "valid_until"]
    form = Form(
        Section("employee", "name", "valid_until"),
        Section("wording"),
        Section("signed_at", "signed_by", side=True),
    )
    fields = {
        "valid_until": Field(label=_("Holds until"), help=_("Empty is for ever.")),
        "wording": Long(label=_("Wording")),
        "signed_at": Field(label=_("Signed at")),
        "signed_by": Field(label=_("Signed by")),
    }
    derived = ["signed_at", "signed_by"]
    steps, rights = AGREEMENT_STEPS, Rights("hr.agreement")
