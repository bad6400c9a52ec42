"""A second set of books."""

from __future__ import annotations

import pytest

from dougong import Actor, Forbidden, Invalid
from dougong.actors import Rights
from dougong.companies.queries import company_named
from dougong.companies.service import open_company


def test_a_new_company_gets_what_every_plugin_needs_from_the_first_day(make_house):
    house = make_house("base")
    seeded = []
    plugin = house.wiring.plugins["base"]
    original = type(plugin).seed
    try:
        type(plugin).seed = lambda self, uow: (seeded.append(uow.company_id), original(self, uow))[
            1
        ]
        company = house.run(Actor.system(), lambda uow: open_company(uow, "CN", "北京", "cny").id)
    finally:
        type(plugin).seed = original

    assert seeded == [company]
    with house.read(Actor.system()) as session:
        assert company_named(session, "CN").currency == "CNY"


def test_opening_a_company_needs_the_right_and_a_currency(make_house):
    house = make_house()
    clerk = Actor(7, "Clerk", Rights(["crm.*"]), (1,), 1)

    with pytest.raises(Forbidden):
        house.run(clerk, lambda uow: open_company(uow, "X", "X", "EUR"))
    with pytest.raises(Invalid):
        house.run(Actor.system(), lambda uow: open_company(uow, "X", "X", "euro"))
