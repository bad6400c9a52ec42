"""What the room of activities contributes to the core."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dougong.i18n import _
from dougong.plugin import Fill, Job, MenuItem, Plugin, Widget

if TYPE_CHECKING:
    from dougong.resources import Resource
    from dougong.workflows import Workflow


class ActivitiesRoom(Plugin):
    """Planned next steps, their kinds, and what is due."""

    def resources(self) -> Iterable[type[Resource]]:
        """Activities and their kinds."""
        from dougong.activities.resource import ActivityKindResource, ActivityResource

        return [ActivityResource, ActivityKindResource]

    def workflows(self) -> Iterable[Workflow]:
        """The road of an activity."""
        from dougong.activities.workflow import ACTIVITY_STEPS

        return [ACTIVITY_STEPS]

    def menus(self) -> Iterable[MenuItem]:
        """Their kinds, under the heading of the administration; the activities are in the frame."""
        return [
            MenuItem(
                key="core.activity-kinds", label=_("Kinds of activities"),
                to="core.activity-kinds", parent="core", icon="calendar-event", order=50,
            )
        ]  # fmt: skip

    def jobs(self) -> Iterable[Job]:
        """Every hour, what is due where it is today."""
        from dougong.activities.due import tell_due

        return [Job("core.due-activities", tell_due, _("Tell what is due"), dt.timedelta(hours=1))]

    def fills(self) -> Iterable[Fill]:
        """From an activity to the document it is about."""
        return [Fill("core.activities.buttons", "core/_activity_document.html")]

    def widgets(self) -> Iterable[Widget]:
        """What somebody has to do next."""
        from dougong.activities.queries import mine

        return [
            Widget(
                "core.my-activities", _("My activities"), mine, kind="list",
                to="/core/my-activities", order=5,
            )
        ]  # fmt: skip


room = ActivitiesRoom()
