"""What the room of own fields contributes to the core."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dougong.i18n import _
from dougong.plugin import MenuItem, Plugin

if TYPE_CHECKING:
    from dougong.resources import Resource
    from dougong.workflows import Workflow


class CustomRoom(Plugin):
    """Fields that an administrator adds to any noun."""

    def resources(self) -> Iterable[type[Resource]]:
        """The fields themselves."""
        from dougong.custom.resource import CustomFieldResource

        return [CustomFieldResource]

    def workflows(self) -> Iterable[Workflow]:
        """In use, and removed."""
        from dougong.custom.service import FIELD_STEPS

        return [FIELD_STEPS]

    def menus(self) -> Iterable[MenuItem]:
        """Their place under the heading of the administration."""
        return [
            MenuItem(
                key="core.custom-fields",
                label=_("Own fields"),
                to="core.custom-fields",
                parent="core",
                icon="forms",
                order=14,
            )
        ]


room = CustomRoom()
