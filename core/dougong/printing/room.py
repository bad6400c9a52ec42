"""What the room of papers contributes to the core."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dougong.i18n import _
from dougong.plugin import Job, MenuItem, Permission, Plugin

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
            ),
            MenuItem(
                key="core.papers", label=_("Papers"), to="/core/papers", parent="core",
                icon="printer", order=16, needs="core.paper.read",
            ),
        ]  # fmt: skip

    def permissions(self) -> Iterable[Permission]:
        """Who may look after the papers."""
        return [
            Permission("core.paper.read", _("See how papers are set up")),
            Permission("core.paper.write", _("Change words, size and margins of papers")),
        ]


room = PrintingRoom()
