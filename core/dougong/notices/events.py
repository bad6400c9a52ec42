"""Notices that a letter should tell."""

from __future__ import annotations

from dataclasses import dataclass

from dougong.events import Event
from dougong.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticesDue(Event):
    """One person should hear of these notices by mail, now."""

    label = _("Notices due")

    user_id: int
    company_id: int
    notices: tuple[int, ...]
