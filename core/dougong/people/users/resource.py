"""How administrators see people. Passwords and roles are given by verbs, never typed into a field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from dougong.i18n import LANGUAGES, _
from dougong.people.roles.authority import require_as_much
from dougong.people.roles.matrix import user_tab
from dougong.people.users.access import access_tab
from dougong.people.users.models import User, UserCompany
from dougong.resources import Choice, Field, Form, Resource, Rights, Section, Tab


def derive_user(user: User, facts: Any) -> None:
    """Somebody new works where whoever makes them known works."""
    if user.id is None:
        user.companies = [UserCompany(company_id=facts.actor.company_id)]


def start_user(actor: Any) -> Mapping[str, Any]:
    """Somebody new lives by the clock of whoever makes them known."""
    return {"timezone": actor.timezone}


def check_user(user: User, facts: Any) -> None:
    """A time zone that is one; and nobody changes the account of somebody who may do more."""
    if user.timezone not in available_timezones():
        facts.error(user, "timezone", _("There is no such time zone."))
    if user.id is not None and user.id != facts.actor.user_id:
        require_as_much(facts.uow, [user])


class UserResource(Resource):
    """People who can log in."""

    name, model, label, one, icon = "core.users", User, _("People"), _("Person"), "users"
    identity, title, sort = "login", "name", "login"
    columns = ("login", "name", "email", "active", "guest", "has_totp", "language")
    search = ("login", "name", "email")
    filters = ("active", "guest", "has_totp", "language")
    form = Form(
        Section("login", "name", "email"),
        Section("language", "timezone", "active", "guest", "has_totp", side=True),
    )
    fields = {
        "login": Field(label=_("Log-in name"), help=_("A name or an e-mail address.")),
        "email": Field(label=_("E-mail"), type="email"),
        "active": Field(label=_("May log in"), readonly=True),
        "guest": Field(
            label=_("Guest"),
            readonly=True,
            help=_("Somebody from outside: no page of the office opens to them."),
        ),
        "has_totp": Field(label=_("Second factor"), readonly=True),
        "language": Choice(choices=LANGUAGES, label=_("Language")),
        "timezone": Field(label=_("Time zone")),
    }
    derived = ("active", "guest", "has_totp")
    derive, check, start = derive_user, check_user, start_user
    tabs = (
        Tab("access", _("Access"), access_tab),
        Tab("rights", _("What they may do"), user_tab),
    )
    rights = Rights("core.user")
