"""How activities and their kinds are listed, found and changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import current_app, has_app_context

from dougong.activities.models import Activity, ActivityKind
from dougong.activities.service import move_to_kind
from dougong.activities.workflow import ACTIVITY_STEPS
from dougong.i18n import _, pgettext
from dougong.resources import (
    Calendar,
    Field,
    Form,
    Kanban,
    Number,
    Resource,
    Rights,
    Section,
    Text,
)
from dougong.resources.documents.beside import named
from dougong.resources.documents.reading import headed
from dougong.web.static import icon

if TYPE_CHECKING:
    from dougong.resources.formats import Formats
    from dougong.unit_of_work import UnitOfWork


class Titled(Text):
    """What a document is called, or that it has no number yet, in the reader's words."""

    def show(self, value: Any, fmt: Formats) -> str:
        """The number or name."""
        return headed(value)


class KindOfDocument(Text):
    """Which documents these are, as their own list calls one of them."""

    def show(self, value: Any, fmt: Formats) -> str:
        """“Sales order”; without an application the name of the list."""
        nouns = current_app.extensions["dougong"].nouns if has_app_context() else ()
        return next((str(n.one) for n in nouns if named(n) == value), str(value or ""))


def check_kind(kind: ActivityKind, facts: Any) -> None:
    """The icon is one of the set."""
    if kind.icon and "<path" not in icon(kind.icon):
        facts.error(
            kind, "icon", _("There is no icon of this name: phone, mail, users, checkbox …")
        )


class ActivityKindResource(Resource):
    """What can be planned in this house."""

    name, model, label, one, icon = (
        "core.activity-kinds",
        ActivityKind,
        _("Kinds of activities"),
        _("Kind of activity"),
        "calendar-event",
    )
    identity, title, sort = "name", "name", "position"
    columns = ("name", "icon", "days", "position", "active")
    search = ("name",)
    filters = ("active",)
    form = Form(Section("name", "icon", "days", "position", "active"))
    fields = {
        "name": Field(label=_("Name")),
        "icon": Field(label=_("Icon"), help=_("A name of the Tabler set: phone, mail, users.")),
        "days": Number(label=_("Due within days"), least=0),
        "position": Number(label=_("Order")),
    }
    check = check_kind
    together = False
    rights = Rights("core.activity_kind")


class ActivityResource(Resource):
    """The next steps that people have planned; those of documents that the reader sees."""

    name, model, label, one, icon = (
        "core.activities",
        Activity,
        _("Activities"),
        _("Activity"),
        "calendar-event",
    )
    title, sort = "summary", "due_on"
    columns = ("summary", "document", "about", "kind", "due_on", "assignee", "state")
    search = ("summary", "about")
    filters = ("state", "kind", "assignee", "due_on", "planned_by")
    groups = ("kind", "assignee", "state", "due_on:month", "document")
    form = Form(
        Section("summary", "document", "about", "feedback"),
        Section("kind", "due_on", "assignee", "planned_by", "done_at", side=True),
    )
    boards = (
        Kanban("kind", card=("summary", "about", "due_on", "assignee"), sort="due_on"),
        Calendar("due_on"),
    )
    fields = {
        "summary": Field(label=_("Summary")),
        "about": Titled(label=_("Document")),
        "document": KindOfDocument(label=_("Kind of document")),
        "kind": Field(label=_("Kind")),
        "due_on": Field(label=pgettext("activity", "Due"), due=("state", ("planned",))),
        "assignee": Field(label=_("Assigned to")),
        "planned_by": Field(label=_("Planned by")),
        "feedback": Field(label=_("What came of it"), long=True),
        "done_at": Field(label=pgettext("activity", "Done at")),
    }
    steps = ACTIVITY_STEPS
    together = False
    rights = Rights("core.activity", only_read=True)

    @staticmethod
    def drag(uow: UnitOfWork, key: int, lane: str) -> None:  # type: ignore[override]
        """A card in another lane is of another kind."""
        move_to_kind(uow, key, int(lane) if lane.isdecimal() else 0)
