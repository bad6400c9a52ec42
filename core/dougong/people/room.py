"""What the people's room contributes to the core."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dougong.i18n import _
from dougong.plugin import Job, MenuItem, Permission, Plugin, Role, Setting

if TYPE_CHECKING:
    from dougong.resources import Resource


class PeopleRoom(Plugin):
    """Users, roles, log-ins, tokens."""

    def resources(self) -> Iterable[type[Resource]]:
        """What administrators look after."""
        from dougong.companies.resource import CompanyResource
        from dougong.people.roles.resource import RoleResource, RuleResource
        from dougong.people.sessions.resource import LogInResource
        from dougong.people.tokens.resource import TokenResource
        from dougong.people.users.resource import UserResource

        return [
            UserResource,
            RoleResource,
            RuleResource,
            CompanyResource,
            TokenResource,
            LogInResource,
        ]

    def menus(self) -> Iterable[MenuItem]:
        """Their places under the heading of the administration."""
        places = (
            ("core.users", _("People"), "users"),
            ("core.roles", _("Roles"), "user-shield"),
            ("core.rules", _("Record rules"), "filter"),
            ("core.companies", _("Companies"), "building"),
            ("core.tokens", _("Tokens"), "key"),
            ("core.sessions", _("Log-ins"), "devices"),
        )
        return [
            MenuItem(key=key, label=label, to=key, parent="core", icon=icon, order=20 + n)
            for n, (key, label, icon) in enumerate(places)
        ]

    def permissions(self) -> Iterable[Permission]:
        """Rights that no resource implies."""
        return [
            Permission("core.user.disable", _("Shut people out and let them in again")),
            Permission("core.user.password", _("Give people a new password")),
            Permission("core.user.look", _("See the house as another person sees it")),
            Permission("core.role.give", _("Give roles and take them away")),
            Permission("core.session.revoke", _("End other people’s log-ins")),
            Permission("core.token.create", _("Make tokens for other people")),
            Permission("core.token.revoke", _("Revoke other people’s tokens")),
        ]

    def roles(self) -> Iterable[Role]:
        """The roles that every house has."""
        from dougong.people.roles.core import CORE_ROLES

        return CORE_ROLES.values()

    def settings(self) -> Iterable[Setting]:
        """How long a log-in lasts."""
        return [
            Setting(
                "core.session_hours",
                _("Log-ins end after hours without a click"),
                12,
                "number",
                help=_("After thirty days everybody logs in again in any case."),
            )
        ]

    def jobs(self) -> Iterable[Job]:
        """Once a day what has ended is thrown away."""
        from dougong.people.sessions.service import sweep

        return [
            Job(
                "core.log-ins", sweep, _("Throw away log-ins that have ended"), dt.timedelta(days=1)
            )
        ]


room = PeopleRoom()
