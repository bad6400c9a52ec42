"""How problems are shown to those who look after the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dougong.i18n import _, pgettext
from dougong.problems.models import Problem
from dougong.problems.service import PROBLEM_STEPS
from dougong.problems.telling import read_title
from dougong.resources import Choice, Field, Form, Lines, Long, Resource, Rights, Section

if TYPE_CHECKING:
    from dougong.resources.formats import Formats

KINDS = {
    "page": _("A page"),
    "job": _("A job"),
    "letter": _("A letter of the outbox"),
    "reaction": _("A reaction to news"),
    "module": _("A module"),
}


class Title(Field):
    """A sentence that was kept in the language of the program, read in that of the reader."""

    def show(self, value: Any, fmt: Formats) -> str:
        """The sentence in the reader's language."""
        return read_title(super().show(value, fmt))


class ProblemResource(Resource):
    """What went wrong while people worked, the latest first."""

    name, model, label, one, icon = (
        "core.problems", Problem, _("Problems"), _("Problem"), "alert-triangle",
    )  # fmt: skip
    title, sort = "title", "-last_at"
    columns = ("title", "kind", "subject", "module", "state", "times", "first_at", "last_at")
    search = ("title", "subject", "module", "cases.request_id", "cases.who")
    filters = ("state", "kind", "module", "last_at")
    groups = ("state", "kind", "module")
    form = Form(
        Section("title", "kind", "subject", "module"),
        Section("state", "times", "first_at", "last_at", "done_at", "done_by", side=True),
        Section("job", "letter", title=_("The work itself"), side=True),
        Lines("cases", "at", "who", "page", "request_id", title=_("Latest cases")),
        Section("place", title=_("Where in the program")),
    )
    fields = {
        "title": Title(label=_("What went wrong")),
        "kind": Choice(label=pgettext("problem", "Where"), choices=KINDS),
        "subject": Field(label=_("What it is about")),
        "module": Field(label=_("Module")),
        "times": Field(label=_("Times")),
        "first_at": Field(label=_("First")),
        "last_at": Field(label=_("Last")),
        "done_at": Field(label=_("Done on")),
        "done_by": Field(label=_("Done by")),
        "job": Field(label=_("Job")),
        "letter": Field(label=_("Letter")),
        "place": Long(label=_("Where in the program")),
        "cases.at": Field(label=_("When")),
        "cases.who": Field(label=_("Who")),
        "cases.page": Field(label=_("Page")),
        "cases.request_id": Field(label=_("Number of the request")),
    }
    steps, rights = PROBLEM_STEPS, Rights("core.problem", only_read=True)
