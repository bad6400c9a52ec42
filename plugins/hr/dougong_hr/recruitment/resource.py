"""How openings, applicants, interviews and offers are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _, pgettext
from dougong.resources import (
    Calendar,
    Choice,
    Field,
    Form,
    Kanban,
    Lines,
    Long,
    Money,
    Number,
    Resource,
    Rights,
    Section,
    Text,
)
from dougong_hr.recruitment.interviews import VERDICTS, Interview, Offer
from dougong_hr.recruitment.models import Applicant, ApplicantStage, Opening
from dougong_hr.recruitment.service import first_stage
from dougong_hr.recruitment.workflow import APPLICANT_STEPS, OFFER_STEPS, OPENING_STEPS

OPENING = pgettext("job", "Opening")


def derive_applicant(applicant: Applicant, facts: Any) -> None:
    """A new one begins at the first stage, today."""
    if facts.fresh(applicant, "stage"):
        applicant.stage_id = first_stage(facts.uow, facts.uow.company_id)
    if facts.fresh(applicant, "applied_on"):
        applicant.applied_on = facts.today


def derive_interview(interview: Interview, facts: Any) -> None:
    """The mean of the scores."""
    interview.add_up()


class OpeningResource(Resource):
    """The jobs that are to be filled."""

    name, model, label, one = "hr.openings", Opening, _("Openings"), OPENING
    manual = "people#finding-training-appraising-people"
    icon, title, sort = "speakerphone", "name", "-id"
    columns = ["name", "department", "position", "place", "wanted", "hired", "state"]
    search, filters = ["name", "place"], ["state", "department", "position"]
    groups = ["state", "department"]
    form = Form(
        Section("name", "department", "position", "place", "wanted"),
        Section("description"),
        Section("hired", "published_on", side=True),
    )
    fields = {
        "name": Field(label=OPENING),
        "position": Field(label=_("Job title")),
        "place": Field(label=_("Place")),
        "wanted": Number(label=_("People wanted"), least=1, most=1000),
        "hired": Number(label=_("Hired")),
        "description": Long(label=_("Description")),
        "published_on": Field(label=_("Published on")),
    }
    derived = ["hired", "published_on"]
    steps, rights = OPENING_STEPS, Rights("hr.opening")


class ApplicantStageResource(Resource):
    """The stations on the way to an offer."""

    name, model, label = "hr.applicant-stages", ApplicantStage, _("Stages of applicants")
    one, icon, identity, title = _("Stage"), "timeline", "name", "name"
    sort, columns, search = "position", ["name", "position", "active"], ["name"]
    form = Form(Section("name", "position", "active"))
    fields = {"position": Number(label=pgettext("stage", "Order"))}
    rights = Rights("hr.applicantstage")


class ApplicantResource(Resource):
    """Those who want to work here."""

    name, model, label, one = "hr.applicants", Applicant, _("Applicants"), _("Applicant")
    icon, title, sort = "user-search", "name", "-id"
    columns = ["name", "opening", "stage", "email", "phone", "source", "applied_on", "state"]
    search = ["name", "email", "phone", "letter"]
    filters = ["state", "stage", "opening", "source", "consent", "applied_on"]
    groups = ["stage", "opening", "state", "source"]
    form = Form(
        Section("name", "opening", "stage", "email", "phone", "source", "consent"),
        Section("letter"),
        Section("applied_on", "refused_reason", "employee", side=True),
    )
    fields = {
        "opening": Field(label=OPENING),
        "stage": Field(label=_("Stage"), required=False),
        "email": Text(label=_("E-mail"), type="email"),
        "phone": Text(label=_("Telephone"), type="tel"),
        "source": Field(label=_("Heard of us by")),
        "consent": Field(label=_("May be kept for later openings")),
        "applied_on": Field(label=pgettext("applicant", "Applied on")),
        "letter": Long(label=pgettext("applicant", "Letter")),
        "refused_reason": Field(label=_("Reason")),
    }
    derived = ["refused_reason", "employee"]
    boards = [Kanban("stage", card=["name", "opening", "source", "applied_on"])]
    steps, derive, rights = APPLICANT_STEPS, derive_applicant, Rights("hr.applicant")


class InterviewResource(Resource):
    """Talks with applicants, and how they did."""

    name, model, label, one = "hr.interviews", Interview, _("Interviews"), _("Interview")
    icon, title, sort = "messages", "at", "-at"
    columns = ["at", "applicant", "interviewer", "place", "score", "verdict"]
    search, filters = ["applicant.name", "place"], ["applicant", "interviewer", "at", "verdict"]
    groups = ["applicant", "interviewer", "verdict"]
    form = Form(
        Section("applicant", "at", "interviewer", "place"),
        Lines("scores", "criterion", "score", "comment", title=_("Scorecard")),
        Section("verdict", "score", side=True),
        Section("note", side=True),
    )
    fields = {
        "at": Field(label=_("When")),
        "interviewer": Field(label=_("Interviewer")),
        "place": Field(label=_("Place")),
        "verdict": Choice(label=_("Verdict"), choices=VERDICTS, required=False),
        "score": Number(label=_("Score")),
        "note": Long(label=_("Note")),
        "scores.criterion": Field(label=_("Criterion")),
        "scores.score": Number(label=_("Score, 1 to 5"), least=1, most=5),
        "scores.comment": Field(label=_("Comment")),
    }
    derived = ["score"]
    boards = [Calendar("at")]
    derive, rights = derive_interview, Rights("hr.interview")


class OfferResource(Resource):
    """What applicants are offered."""

    name, model, label, one = "hr.offers", Offer, _("Offers"), _("Offer")
    icon, title, sort = "file-dollar", "starts_on", "-id"
    columns = ["applicant", "applicant.opening", "starts_on", "wage", "hours_week", "state"]
    search, filters = ["applicant.name"], ["state", "applicant", "starts_on"]
    groups = ["state"]
    form = Form(
        Section("applicant", "starts_on", "wage", "hours_week", "probation_months"),
        Section("calendar", "structure", "insurance", title=_("Contract"), side=True),
        Section("note", side=True),
    )
    fields = {
        "applicant.opening": Field(label=OPENING),
        "starts_on": Field(label=_("First day")),
        "wage": Money(label=_("Monthly wage"), least=0),
        "hours_week": Number(label=_("Hours a week"), least=0, most=168),
        "probation_months": Number(label=_("Months of probation"), least=0, most=24),
        "calendar": Field(label=_("Calendar")),
        "structure": Field(label=_("Pay structure")),
        "insurance": Field(label=_("Social insurance in")),
        "note": Long(label=_("Note")),
    }
    steps, rights = OFFER_STEPS, Rights("hr.offer")
