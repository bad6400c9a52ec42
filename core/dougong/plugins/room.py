"""What the room of plugins contributes to the core."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from dougong.i18n import _
from dougong.plugin import Check, MenuItem, Permission, Plugin

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


class PluginRoom(Plugin):
    """Which plugins are in the house."""

    def models(self) -> Iterable[type[Any]]:
        """The states, the generation, the workers."""
        from dougong.plugins.models import PluginState, Registry, Worker

        return [PluginState, Registry, Worker]

    def permissions(self) -> Iterable[Permission]:
        """Who may see which plugins run."""
        return [
            Permission("core.plugin.read", _("See the plugins and their states")),
            Permission(
                "core.plugin.change", _("Install, enable, disable, upgrade and take out modules")
            ),
        ]

    def menus(self) -> Iterable[MenuItem]:
        """The page of the modules."""
        return [
            MenuItem(
                key="core.modules",
                label=_("Modules"),
                to="/core/modules",
                parent="core",
                icon="puzzle",
                order=5,
                needs="core.plugin.read",
            )
        ]

    def checks(self) -> Iterable[Check]:
        """The registry has its one row."""
        return [Check("core.registry", _("The registry of plugins is complete"), _registry)]


def _registry(session: Session) -> Iterable[str]:
    from dougong.plugins.models import Registry

    if session.get(Registry, 1) is None:
        yield str(_("The registry has no row; run `dougong init`."))


room = PluginRoom()
