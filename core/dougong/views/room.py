"""What the room of saved views contributes to the core."""

from __future__ import annotations

from collections.abc import Iterable

from dougong.i18n import _
from dougong.plugin import Permission, Plugin


class ViewsRoom(Plugin):
    """Saved views of lists."""

    def permissions(self) -> Iterable[Permission]:
        """Who may save views for everybody."""
        return [Permission("core.view.share", _("Save views of lists for everybody"))]


room = ViewsRoom()
