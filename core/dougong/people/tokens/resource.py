"""How administrators see tokens."""

from __future__ import annotations

from dougong.i18n import _
from dougong.people.roles.fields import RightsField
from dougong.people.tokens.models import Token
from dougong.resources import Field, Form, Resource, Rights, Section


class TokenResource(Resource):
    """Keys with which programs act for people."""

    name, model, label, one, icon = "core.tokens", Token, _("Tokens"), _("Token"), "key"
    title, sort = "name", "-created_at"
    columns = ("name", "user", "prefix", "created_at", "expires_at", "used_at", "revoked")
    search = ("name", "prefix")
    filters = ("user", "revoked", "expires_at")
    form = Form(
        Section("name", "user", "prefix", "scopes"),
        Section("created_at", "expires_at", "used_at", "revoked", side=True),
    )
    fields = {
        "prefix": Field(label=_("Begins with")),
        "scopes": RightsField(label=_("May do")),
        "expires_at": Field(label=_("Expires")),
        "used_at": Field(label=_("Last used")),
        "created_at": Field(label=_("Made")),
        "revoked": Field(label=_("Revoked")),
    }
    rights = Rights("core.token", only_read=True)
