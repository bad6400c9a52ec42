"""How administrators see who is logged in."""

from __future__ import annotations

from dougong.i18n import _
from dougong.people.sessions.models import LogIn
from dougong.resources import Field, Form, Resource, Rights, Section


class LogInResource(Resource):
    """Browsers that are logged in."""

    name, model, label, one, icon = "core.sessions", LogIn, _("Log-ins"), _("Log-in"), "devices"
    title, sort = "address", "-seen_at"
    columns = ("user", "address", "user_agent", "created_at", "seen_at", "complete")
    search = ("address", "user.name")
    filters = ("user", "seen_at")
    form = Form(
        Section("user", "address", "user_agent"),
        Section("created_at", "seen_at", "ends_at", "complete", side=True),
    )
    fields = {
        "user_agent": Field(label=_("Device")),
        "created_at": Field(label=_("Since")),
        "seen_at": Field(label=_("Last seen")),
        "ends_at": Field(label=_("Ends at the latest")),
        "complete": Field(label=_("Complete")),
    }
    rights = Rights("core.session", only_read=True)
