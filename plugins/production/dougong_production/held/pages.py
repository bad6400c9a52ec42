"""Who waits for a lot, beside its inspection; and what holds a customer's order back, above it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import current_app, g
from sqlalchemy.orm import Session

from dougong import DocumentRef
from dougong_production.held.reports import shown

#: The customers' document that held goods are shown on.
SALES_ORDERS = "crm.orders"


def waiting_page(
    noun: Any, session: Session, inspection: Any, actor: Any
) -> tuple[str, Mapping[str, Any]]:
    """The customers who wait for this lot, the longest first."""
    rows = [
        one
        for one in shown(session, actor)
        if inspection.id in {id for id, _text in one["inspections"]}
    ]
    return "production/held.html", {"rows": rows, "inspection": inspection}


def what_holds(document: Any = None) -> dict[str, Any] | None:
    """What of an order under way waits for a decision, and how many days."""
    if document is None or document.state != "confirmed":
        return None
    here = DocumentRef(SALES_ORDERS, document.id)
    with current_app.extensions["dougong"].house.read(g.actor) as session:
        rows = [one for one in shown(session, g.actor) if one["of"] == here]
    return {"rows": rows} if rows else None
