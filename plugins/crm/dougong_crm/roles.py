"""Who may do what in sales."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_

from dougong import Role, _
from dougong.actors import Actor
from dougong_crm.leads.models import Lead
from dougong_crm.opportunities.models import Opportunity

LOOK_UP = [
    "base.party.read", "base.product.read", "base.category.read", "base.unit.read",
    "base.currency.read", "base.tax.read", "base.term.read", "crm.salesperson.read",
    "crm.stage.read", "crm.pricelist.read",
]  # fmt: skip


def own(model: Any, actor: Actor) -> Any:
    """What one looks after, and what nobody looks after yet."""
    return or_(model.salesperson_id == actor.user_id, model.salesperson_id.is_(None))


SALESPERSON = Role(
    "crm.salesperson",
    _("Salesperson"),
    [
        *LOOK_UP,
        "base.party.create", "base.party.write", "base.portal.invite",
        "crm.lead.*", "crm.opportunity.*", "crm.quote.*",
        "crm.order.read", "crm.order.create", "crm.order.write", "crm.order.delete",
        "crm.order.confirm",
        "crm.return.read", "crm.return.create", "crm.return.write", "crm.change.*",
    ],
    {Lead: own, Opportunity: own},
)  # fmt: skip
MANAGER = Role(
    "crm.manager",
    _("Sales manager"),
    [*LOOK_UP, "base.party.*", "base.portal.invite", "base.cost.read", "crm.*"],
)
ROLES = [SALESPERSON, MANAGER]
