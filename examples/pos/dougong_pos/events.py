"""What a till tells others."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from dougong import DocumentRef, Event


@dataclass(frozen=True, slots=True, kw_only=True)
class DayClosed(Event):
    """A drawer was counted. Amounts include tax, in the company's currency."""

    day: DocumentRef
    company_id: int
    on: dt.date
    cash: Decimal
    card: Decimal
    #: Counted less what there should be.
    difference: Decimal
