"""What only purchasing tells, to itself after the commit."""

from __future__ import annotations

from dataclasses import dataclass

from dougong import DocumentRef, Event, _


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferAsked(Event):
    """A supplier is asked for an offer, or once more: write to him."""

    label = _("Offer asked for")

    quote: DocumentRef
    company_id: int
    reminder: bool = False
