"""The stages a company's pipeline begins with."""

from __future__ import annotations

from sqlalchemy import select

from dougong import UnitOfWork
from dougong.companies.models import Company
from dougong_crm.opportunities.models import Stage

#: English, Chinese, probability.
STAGES = [
    ("New", "新建", 10),
    ("Qualified", "已确认需求", 30),
    ("Proposal", "方案报价", 50),
    ("Negotiation", "商务谈判", 80),
]


def seed_stages(uow: UnitOfWork) -> None:
    """Put the usual stages in where a company has none."""
    if uow.session.scalar(select(Stage.id).where(Stage.company_id == uow.company_id).limit(1)):
        return
    country = uow.session.scalar(select(Company.country).where(Company.id == uow.company_id))
    for position, (name, own, probability) in enumerate(STAGES, 1):
        uow.add(
            Stage(
                name=own if country == "CN" else name,
                position=position * 10,
                probability=probability,
            )
        )
