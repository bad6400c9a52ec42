"""What the database refuses by itself: what is closed is closed, and time spent is a fact."""

from __future__ import annotations

from dougong import _
from dougong.triggers import Protected, protections

CLOSED = _("The production order is closed: nothing in it is changed or deleted.")
SPENT = _("Time that was spent is a fact: it is never changed or deleted.")

protect_all, unprotect_all = protections(
    [
        Protected("production_order", "closed", CLOSED, when="OLD.state = 'closed'"),
        Protected("production_time_log", "spent", SPENT, ("UPDATE",), "OLD.ended_at IS NOT NULL"),
    ]
)
