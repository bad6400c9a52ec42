"""The label that a customer sticks on the parcel."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import selectinload

from dougong.companies.models import Company
from dougong_logistics.returns.models import Return, ReturnLine
from dougong_logistics.shipments.papers import bar_code


def return_label(
    noun: Any, session: Any, document: Return, actor: Any
) -> tuple[str, Mapping[str, Any]]:
    """Who sends what back, to us, with the number as a bar code."""
    whole = session.get(
        Return,
        document.id,
        options=[
            selectinload(Return.lines).selectinload(ReturnLine.product),
            selectinload(Return.party),
            selectinload(Return.address),
        ],
        populate_existing=True,
    )
    code = whole.number or str(whole.id)
    facts = {"document": whole, "company": session.get(Company, whole.company_id)}
    return "logistics/return_label.html", {**facts, "code": code, "bars": bar_code(code)}
