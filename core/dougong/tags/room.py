"""What the room of tags contributes to the core."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dougong.i18n import _
from dougong.plugin import Fill, MenuItem, Plugin

if TYPE_CHECKING:
    from dougong.resources import Resource


class TagsRoom(Plugin):
    """Tags of documents."""

    def resources(self) -> Iterable[type[Resource]]:
        """The tags themselves."""
        from dougong.tags.resource import TagResource

        return [TagResource]

    def fills(self) -> Iterable[Fill]:
        """A tag is merged from its own page."""
        return [Fill("core.tags.buttons", "core/_tag_merge.html", needs="core.tag.delete")]

    def menus(self) -> Iterable[MenuItem]:
        """Their place under the heading of the administration."""
        return [
            MenuItem(
                key="core.tags", label=_("Tags"), to="core.tags", parent="core", icon="tags",
                order=51,
            )
        ]  # fmt: skip


room = TagsRoom()
