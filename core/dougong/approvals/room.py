"""What the room of approvals contributes to the core."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dougong.i18n import _
from dougong.plugin import Job, MenuItem, Permission, Plugin

if TYPE_CHECKING:
    from dougong.events import Reaction
    from dougong.resources import Resource
    from dougong.workflows import Workflow


class ApprovalsRoom(Plugin):
    """Rules, questions, answers, deputies."""

    def resources(self) -> Iterable[type[Resource]]:
        """Rules, what was asked, who stands in for whom."""
        from dougong.approvals.resource import (
            ApprovalResource,
            ApprovalRuleResource,
            DeputyResource,
        )

        return [ApprovalRuleResource, ApprovalResource, DeputyResource]

    def workflows(self) -> Iterable[Workflow]:
        """The road of what waits for approval."""
        from dougong.approvals.workflow import APPROVAL_STEPS

        return [APPROVAL_STEPS]

    def permissions(self) -> Iterable[Permission]:
        """The inbox needs none: a rule says who decides."""
        return [
            Permission("core.approval.decide", _("Decide approvals from their list and by the API"))
        ]

    def menus(self) -> Iterable[MenuItem]:
        """Their places under the heading of the administration."""
        places = (
            ("core.approval-rules", _("Approval rules"), "user-check"),
            ("core.approvals", _("Approvals"), "checkup-list"),
            ("core.deputies", _("Deputies"), "users"),
        )
        lists = [
            MenuItem(key=key, label=label, to=key, parent="core", icon=icon, order=40 + n)
            for n, (key, label, icon) in enumerate(places)
        ]
        roads = MenuItem(
            key="core.workflows", label=_("Workflows"), to="/core/workflows", parent="core",
            icon="route", order=39, needs="core.approval_rule.read",
        )  # fmt: skip
        return [roads, *lists]

    def reactions(self) -> Iterable[Reaction]:
        """Letters, where the house has a mail server."""
        from dougong.approvals.events import ApprovalAsked, ApprovalDecided
        from dougong.approvals.letters import ask_by_letter, tell_by_letter
        from dougong.events import Reaction

        return [
            Reaction(ApprovalAsked, ask_by_letter, mode="after_commit"),
            Reaction(ApprovalDecided, tell_by_letter, mode="after_commit"),
        ]

    def jobs(self) -> Iterable[Job]:
        """What everybody has agreed to is done."""
        from dougong.approvals.service import TAKE
        from dougong.approvals.taking import take

        return [Job(TAKE, take, _("Take a step that was approved"), long=True)]


room = ApprovalsRoom()
