"""What the rental desk tells others."""

from __future__ import annotations

from dataclasses import dataclass

from dougong import DocumentRef, Event, _


@dataclass(frozen=True, slots=True, kw_only=True)
class AssetLate(Event):
    """Something should be back and is not; told once a day."""

    label = _("Asset is late")

    rental: DocumentRef
    company_id: int
    customer_id: int
    asset_id: int
    #: How many days ago it should have come back.
    days: int
