"""What the room of dashboards contributes to the core."""

from __future__ import annotations

from collections.abc import Iterable

from dougong.dashboards.queries import SHARE
from dougong.i18n import _
from dougong.plugin import Permission, Plugin


class DashboardsRoom(Plugin):
    """Dashboards of people and roles."""

    def permissions(self) -> Iterable[Permission]:
        """Who may share them; everybody may make some for themselves."""
        return [
            Permission(
                SHARE, _("Share dashboards with roles, and say with which one a role begins")
            )
        ]


room = DashboardsRoom()
