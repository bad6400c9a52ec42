"""What the operation of the house contributes to the core."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dougong.i18n import _
from dougong.plugin import Check, Job, MenuItem, Permission, Plugin

if TYPE_CHECKING:
    from dougong.resources import Resource
    from dougong.workflows import Workflow


class Operations(Plugin):
    """Settings, jobs and letters, for those who look after the house."""

    def resources(self) -> Iterable[type[Resource]]:
        """Jobs and letters, with the steps to try again and to cancel."""
        from dougong.jobs.resource import JobResource
        from dougong.outbox.resource import OutboxResource

        return [JobResource, OutboxResource]

    def workflows(self) -> Iterable[Workflow]:
        """The states of jobs and letters."""
        from dougong.jobs.service import JOB_STEPS
        from dougong.outbox.service import OUTBOX_STEPS

        return [JOB_STEPS, OUTBOX_STEPS]

    def permissions(self) -> Iterable[Permission]:
        """What no resource implies."""
        return [
            Permission("core.setting.read", _("See the settings")),
            Permission("core.setting.write", _("Change the settings")),
            Permission("core.job.run", _("Have a job done now")),
        ]

    def jobs(self) -> Iterable[Job]:
        """The daily sweep."""
        from dougong.operations.tidy import TIDY

        return [TIDY]

    def checks(self) -> Iterable[Check]:
        """What must be true of every house."""
        from dougong.checks.house import CHECKS

        return CHECKS

    def menus(self) -> Iterable[MenuItem]:
        """A heading for those who look after the house."""
        return [
            MenuItem(key="core", label=_("Administration"), icon="settings", order=900),
            MenuItem(
                key="core.settings",
                label=_("Settings"),
                to="/core/settings",
                parent="core",
                icon="adjustments",
                order=10,
                needs="core.setting.read",
            ),
            MenuItem(
                key="core.jobs",
                label=_("Jobs"),
                to="core.jobs",
                parent="core",
                icon="clock-play",
                order=60,
            ),
            MenuItem(
                key="core.outbox",
                label=_("Outbox"),
                to="core.outbox",
                parent="core",
                icon="mail-forward",
                order=70,
            ),
        ]


room = Operations()
