"""Who agrees to requests and orders in a new company; administrators change it as they like."""

from __future__ import annotations

from decimal import Decimal

from dougong import _
from dougong.approvals.proposing import Proposal

APPROVALS = [
    Proposal(
        _("Requests of people"), "purchasing.requests", "submit", "purchasing.manager",
        filter={"field": "requester", "op": "empty", "value": False},
    ),
    #: An example: every company has its own amount.
    Proposal(
        _("Large purchase orders"), "purchasing.orders", "confirm", "purchasing.manager",
        field="worth", least=Decimal(10_000), active=False,
    ),
]  # fmt: skip
