"""What the room of problems contributes to the core."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dougong.i18n import _
from dougong.plugin import MenuItem, Permission, Plugin, Setting

if TYPE_CHECKING:
    from dougong.resources import Resource
    from dougong.workflows import Workflow

#: Days after which a problem that did not come again is forgotten.
DAYS = "core.problem_days"


class ProblemRoom(Plugin):
    """What went wrong, and how the house stands, for those who look after it."""

    def resources(self) -> Iterable[type[Resource]]:
        """The list of problems."""
        from dougong.problems.resource import ProblemResource

        return [ProblemResource]

    def workflows(self) -> Iterable[Workflow]:
        """Open and done."""
        from dougong.problems.service import PROBLEM_STEPS

        return [PROBLEM_STEPS]

    def permissions(self) -> Iterable[Permission]:
        """Who may see how the house stands."""
        return [
            Permission("core.health.read", _("See how the house stands")),
            Permission("core.demo.remove", _("Remove the demo and begin anew")),
        ]

    def settings(self) -> Iterable[Setting]:
        """How long problems are kept."""
        return [
            Setting(
                DAYS,
                _("Problems are kept for days"),
                90,
                "number",
                help=_("Counted from the last time that it went wrong."),
            )
        ]

    def menus(self) -> Iterable[MenuItem]:
        """Beside jobs and outbox."""
        return [
            MenuItem(
                key="core.problems", label=_("Problems"), to="core.problems", parent="core",
                icon="alert-triangle", order=55,
            ),
            MenuItem(
                key="core.health", label=_("State of the house"), to="/core/health", parent="core",
                icon="heartbeat", order=54, needs="core.health.read",
            ),
        ]  # fmt: skip


room = ProblemRoom()
