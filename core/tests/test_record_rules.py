"""Record rules hold wherever a table appears, and for each actor their own."""

from __future__ import annotations

import pytest
from shop import Customer, Order
from sqlalchemy import select
from sqlalchemy.orm import aliased

from dougong.actors import EVERYTHING, Actor


def of(city):
    rules = {Customer: (lambda model, actor: model.city == actor.name,)}
    return Actor(5, city, EVERYTHING, (1,), 1, rules=rules)


@pytest.fixture
def customers(shop, me):
    def act(uow):
        for code, city in (("ACME", "Kiel"), ("BOLT", "Jena")):
            customer = Customer(code=code, name=code, city=city)
            uow.add(customer, Order(customer=customer))

    shop.run(me, act)


def test_a_rule_follows_its_table_under_another_name(shop, customers):
    other = aliased(Customer)

    for city, code in (("Kiel", "ACME"), ("Jena", "BOLT"), ("Kiel", "ACME")):
        with shop.read(of(city)) as session:
            assert session.scalars(select(other.code)).all() == [code]
            rows = session.execute(
                select(Order.id, other.code)
                .outerjoin(other, other.id == Order.customer_id)
                .where(other.id.is_not(None))
            ).all()
            assert [row[1] for row in rows] == [code]


def test_a_rule_holds_inside_exists(shop, customers):
    other = aliased(Customer)
    known = select(other.id).where(other.id == Order.customer_id).exists()

    for city in ("Kiel", "Jena", "Bonn"):
        with shop.read(of(city)) as session:
            found = session.scalars(select(Order.id).where(known)).all()
        assert len(found) == (0 if city == "Bonn" else 1)
