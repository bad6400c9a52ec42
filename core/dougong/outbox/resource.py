"""How letters are shown to those who look after the house."""

from __future__ import annotations

from dougong.i18n import _
from dougong.outbox.models import OutboxMessage
from dougong.outbox.service import OUTBOX_STEPS
from dougong.resources import Field, Form, Long, Resource, Rights, Section


class OutboxResource(Resource):
    """What was told to other departments and systems, and what could not be delivered."""

    name, model, label, one, icon = (
        "core.outbox", OutboxMessage, _("Outbox"), _("Letter"), "mail-forward",
    )  # fmt: skip
    title = "event"
    columns = ("id", "event", "reaction", "state", "due_at", "tries", "written_at")
    search = ("event", "reaction")
    filters = ("state", "reaction", "event", "due_at")
    groups = ("state", "reaction")
    form = Form(
        Section("event", "reaction", "state"),
        Section("error", title=_("What went wrong")),
        Section("due_at", "tries", "worker", "written_at", side=True),
    )
    fields = {
        "event": Field(label=_("News")),
        "reaction": Field(label=_("To")),
        "due_at": Field(label=_("Due")),
        "tries": Field(label=_("Tries")),
        "error": Long(),
        "written_at": Field(label=_("Written")),
    }
    steps, rights = OUTBOX_STEPS, Rights("core.outbox", only_read=True)
