"""What the room of notices contributes to the core."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dougong.i18n import _
from dougong.plugin import Job, Plugin

if TYPE_CHECKING:
    from dougong.events import Reaction


class NoticesRoom(Plugin):
    """The bell, and letters for those who want them."""

    def reactions(self) -> Iterable[Reaction]:
        """Letters at once; and who is asked for an approval hears the bell."""
        from dougong.approvals.events import ApprovalAsked
        from dougong.events import Reaction
        from dougong.notices.asking import ring_for_approvals
        from dougong.notices.events import NoticesDue
        from dougong.notices.letters import send_letters

        return [
            Reaction(NoticesDue, send_letters, mode="after_commit"),
            Reaction(ApprovalAsked, ring_for_approvals),
        ]

    def jobs(self) -> Iterable[Job]:
        """Once a day, what no letter has told yet."""
        from dougong.notices.letters import daily_letters

        return [
            Job(
                "core.daily-notices", daily_letters, _("Tell by mail what happened since yesterday"),
                dt.timedelta(days=1),
            )
        ]  # fmt: skip


room = NoticesRoom()
