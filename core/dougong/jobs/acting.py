"""On whose behalf work is done that somebody asked for earlier."""

from __future__ import annotations

import dataclasses

from sqlalchemy import select

from dougong.actors import Actor
from dougong.companies.models import Company
from dougong.unit_of_work import House


def acting(house: House, user_id: int | None, company_id: int | None, request_id: str) -> Actor:
    """The person who asked, with the rights they have today; else the house itself.

    Work of no person in no company sees every company.
    """
    if user_id is not None and house.restore_actor is not None:
        actor = house.restore_actor(user_id, company_id or 1)
    elif company_id is not None:
        actor = Actor.system(company_id)
    else:
        actor = of_all_companies(house)
    return dataclasses.replace(actor, request_id=request_id)


def of_all_companies(house: House) -> Actor:
    """The house itself, in all its companies."""
    with house.engine.connect().execution_options(reading=True) as connection:
        companies = tuple(connection.scalars(select(Company.id).order_by(Company.id)))
    return Actor.system(companies[0] if companies else 1, companies)
