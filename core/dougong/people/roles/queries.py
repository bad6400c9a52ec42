"""Which roles there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from dougong.people.roles.core import CORE_ROLES
from dougong.people.roles.models import Role, UserRole

if TYPE_CHECKING:
    from dougong.wiring import Wiring


def all_roles(session: Session, wiring: Wiring) -> list[dict[str, Any]]:
    """Every role with its rights, by name: declared, made here, or both."""
    declared = {**CORE_ROLES, **wiring.roles}
    holders = select(UserRole.role_id, func.count(UserRole.user_id.distinct()))
    counted = {role: n for role, n in session.execute(holders.group_by(UserRole.role_id))}  # noqa: C416
    roles = {
        name: {"name": name, "label": str(role.label), "people": 0, "rights": list(role.rights)}
        for name, role in declared.items()
    }
    for row in session.scalars(select(Role)):
        own = declared.get(row.name) if row.declared else None
        roles[row.name] = {
            "name": row.name,
            "label": str(own.label) if own else row.label,
            "people": counted.get(row.id, 0),
            "rights": [*(own.rights if own else ()), *row.rights],
        }
    return [roles[name] for name in sorted(roles)]
