"""What the number series contribute to the core: their page, its rights, and the proof of no gaps."""

from __future__ import annotations

from collections.abc import Iterable

from dougong.i18n import _
from dougong.plugin import Check, MenuItem, Permission, Plugin


class SeriesRoom(Plugin):
    """How documents are numbered, for those who look after the house."""

    def permissions(self) -> Iterable[Permission]:
        """Who may look and who may change."""
        return [
            Permission("core.series.read", _("See the number series")),
            Permission("core.series.write", _("Change how documents are numbered")),
        ]

    def menus(self) -> Iterable[MenuItem]:
        """The page of the series."""
        return [
            MenuItem(
                key="core.series",
                label=_("Number series"),
                to="/core/series",
                parent="core",
                icon="list-numbers",
                order=12,
                needs="core.series.read",
            )
        ]

    def checks(self) -> Iterable[Check]:
        """No number is missing anywhere."""
        from dougong.checks.series import every_series

        return [Check("core.series", _("Numbers have no gaps"), every_series)]


room = SeriesRoom()
