"""What the room of arranged forms contributes to the core."""

from __future__ import annotations

from collections.abc import Iterable

from dougong.i18n import _
from dougong.plugin import MenuItem, Permission, Plugin


class LayoutsRoom(Plugin):
    """Forms as an administrator arranges them."""

    def permissions(self) -> Iterable[Permission]:
        """Who may."""
        return [Permission("core.form.arrange", _("Arrange forms"))]

    def menus(self) -> Iterable[MenuItem]:
        """Its place beside the own fields."""
        return [
            MenuItem(
                key="core.forms",
                label=_("Forms"),
                to="/core/forms",
                parent="core",
                icon="layout",
                order=15,
                needs="core.form.arrange",
            )
        ]


room = LayoutsRoom()
