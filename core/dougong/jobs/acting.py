"""On whose behalf work is done that somebody asked for earlier."""

from __future__ import annotations

import dataclasses

from sqlalchemy import Select, select

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
        actor = of_company(house, company_id)
    else:
        actor = of_all_companies(house)
    return dataclasses.replace(actor, request_id=request_id)


def of_company(house: House, company_id: int) -> Actor:
    """The house itself in one company, where its day is that of the company."""
    return _house_in(house, select(Company.id, Company.timezone).where(Company.id == company_id))


def of_all_companies(house: House) -> Actor:
    """The house itself, in all its companies; its day is that of the first."""
    return _house_in(house, select(Company.id, Company.timezone).order_by(Company.id))


def _house_in(house: House, companies: Select[int, str]) -> Actor:
    with house.engine.connect().execution_options(reading=True) as connection:
        zones = {row.id: row.timezone for row in connection.execute(companies)}
    if not zones:
        return Actor.system()
    first, zone = next(iter(zones.items()))
    return dataclasses.replace(Actor.system(first, tuple(zones)), timezone=zone)
