"""How letters are shown to those who look after the house."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from dougong.i18n import _
from dougong.outbox.models import OutboxMessage
from dougong.outbox.service import OUTBOX_STEPS
from dougong.resources import Field, Form, Long, Resource, Rights, Section
from dougong.resources.fields.choices import Known

if TYPE_CHECKING:
    from dougong.resources.formats import Formats


class News(Known):
    """What happened, in words; the name by which programs know it stands below."""

    def cell(self, fmt: Formats) -> Callable[[Any], str]:
        """Both names; only that of programs where no module that is enabled says another."""
        say = super().cell(fmt)

        def draw(value: Any) -> str:
            words = say(value)
            if value not in self.choices or self.choices[value] == value:
                return words
            return Markup('{}<small class="d-block text-secondary">{}</small>').format(words, value)

        return draw


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
        "event": News(label=_("News")),
        "reaction": Field(label=_("To")),
        "due_at": Field(label=_("Due")),
        "tries": Field(label=_("Tries")),
        "error": Long(),
        "written_at": Field(label=_("Written")),
    }
    steps, rights = OUTBOX_STEPS, Rights("core.outbox", only_read=True)
