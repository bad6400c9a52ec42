"""The first steps of every company, whatever modules it has."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import exists, func, select

from dougong.i18n import _
from dougong.plugin import FirstStep, Plugin

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def _colleagues(session: Session, _actor: Any) -> bool:
    from dougong.people.users.models import User

    return (session.scalar(select(func.count()).select_from(User)) or 0) > 1


def _mail(session: Session, actor: Any) -> bool:
    from dougong.settings.service import read

    return bool(read(session, "core.mail_server", actor.company_id))


def _roles(session: Session, _actor: Any) -> bool:
    from dougong.people.roles.models import Role, UserRole

    others = (
        select(UserRole.id)
        .join(Role, Role.id == UserRole.role_id)
        .where(Role.name != "administrator")
    )
    return bool(session.scalar(select(exists(others))))


class FirstStepsRoom(Plugin):
    """Letterhead, colleagues, roles, mail."""

    def first_steps(self) -> Iterable[FirstStep]:
        """What the administrator of a new house does first."""
        return [
            FirstStep(
                "core.letterhead", _("Enter your letterhead"),
                _("Name, address, tax number and bank account stand on everything you print."),
                "core.letterheads",
            ),
            FirstStep(
                "core.colleagues", _("Let your colleagues in"),
                _("Each person has a log-in of their own, so that the history can name them."),
                "core.users", _colleagues,
            ),
            FirstStep(
                "core.roles", _("Give them their roles"),
                _("A role says what somebody sees and may do."),
                "core.roles", _roles, needs="core.role.give",
            ),
            FirstStep(
                "core.mail", _("Set your mail server"),
                _("Invitations, reminders and reports then leave the house by themselves."),
                "/core/settings?q=mail", _mail, needs="core.setting.write",
            ),
        ]  # fmt: skip


room = FirstStepsRoom()
