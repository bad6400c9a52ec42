"""What the people's room contributes to the core."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dougong.i18n import _
from dougong.plugin import Permission, Plugin, Role, Setting

if TYPE_CHECKING:
    from dougong.unit_of_work import UnitOfWork


class PeopleRoom(Plugin):
    """Users, roles, log-ins, tokens."""

    def permissions(self) -> Iterable[Permission]:
        """Rights that no resource implies."""
        return [
            Permission("core.user.disable", _("Shut people out and let them in again")),
            Permission("core.user.password", _("Give people a new password")),
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

    def seed(self, uow: UnitOfWork) -> None:
        """Make the declared roles ready to be given."""
        from dougong.people.roles.service import declare_roles

        declare_roles(uow)


room = PeopleRoom()
