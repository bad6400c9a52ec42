"""Whose file belongs to whoever enters something."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from dougong_hr.employees.models import Employee


def own_employee(facts: Any) -> Any:
    """The employee of whoever enters something, or None."""
    return facts.uow.session.scalar(
        select(Employee.id).where(Employee.user_id == facts.actor.user_id)
    )
