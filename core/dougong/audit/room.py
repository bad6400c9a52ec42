"""What the history contributes to the core."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dougong.i18n import _
from dougong.plugin import Check, MenuItem, Permission, Plugin

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class AuditRoom(Plugin):
    """Who changed what, and the proof that nobody rewrote it."""

    def permissions(self) -> Iterable[Permission]:
        """Who may look back."""
        return [Permission("core.audit.read", _("See the whole history"))]

    def menus(self) -> Iterable[MenuItem]:
        """The page that looks back."""
        return [
            MenuItem(
                key="core.audit",
                label=_("History"),
                to="/core/audit",
                parent="core",
                icon="history",
                order=30,
                needs="core.audit.read",
            )
        ]

    def checks(self) -> Iterable[Check]:
        """The history is whole."""
        return [Check("core.audit", _("The history is whole"), _whole)]


def _whole(session: Session) -> Iterable[str]:
    from dougong.audit.proofs import verify

    return (str(sentence) for sentence in verify(session))


room = AuditRoom()
