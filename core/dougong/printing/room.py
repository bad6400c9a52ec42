"""What the room of papers contributes to the core."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dougong.i18n import _
from dougong.plugin import Job, MenuItem, Plugin

if TYPE_CHECKING:
    from dougong.resources import Resource


class PrintingRoom(Plugin):
    """Letterheads; every resource prints by itself."""

    def resources(self) -> Iterable[type[Resource]]:
        """What stands at the head of papers."""
        from dougong.printing.letterheads.resource import LetterheadResource

        return [LetterheadResource]

    def jobs(self) -> Iterable[Job]:
        """Many papers at once."""
        from dougong.printing.printouts.service import PRINT

        return [PRINT]

    def menus(self) -> Iterable[MenuItem]:
        """Among the things that an administrator sets up once."""
        return [
            MenuItem(
                key="core.letterheads", label=_("Letterheads"), to="core.letterheads",
                parent="core", icon="file-text", order=15,
            )
        ]  # fmt: skip


room = PrintingRoom()
