"""What the portal tells itself after the commit: letters to customers."""

from __future__ import annotations

from dataclasses import dataclass

from dougong import DocumentRef, Event, _


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalOpened(Event):
    """A customer is invited to the portal: send him the link."""

    label = _("Portal opened")

    party_id: int
    company_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentShared(Event):
    """A customer is to see one document of his: send him the link to it."""

    label = _("Document shared")

    document: DocumentRef
    #: The resource under which customers see it.
    noun: str
    called: str
    party_id: int
    company_id: int
