"""What happens to approvals, for those who want to know: letters, later modules."""

from __future__ import annotations

from dataclasses import dataclass

from dougong.events import DocumentRef, Event
from dougong.i18n import _


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalAsked(Event):
    """Somebody waits for the answer of those whom these rules name."""

    label = _("Approval asked for")

    approval_id: int
    company_id: int
    rules: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalDecided(Event):
    """Everybody has agreed, or somebody has refused."""

    label = _("Approval decided")

    approval_id: int
    company_id: int
    state: str
    document: DocumentRef
