"""A workshop with a few products, and short words for what tests do again and again."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import Actor
from dougong_base import Product, Unit
from dougong_production.boms.models import Bom, BomByProduct, BomLine, BomOperation, BomVariant
from dougong_production.boms.service import save_boms
from dougong_production.work_centres.models import WorkCentre

DAY = dt.date(2026, 3, 2)
D = Decimal


@pytest.fixture
def house(make_house):
    return make_house("base", "production")


class Shop:
    """Short words for products, bills and what is read of them."""

    def __init__(self, house):
        self.house = house
        self.products = {}

    def run(self, act):
        return self.house.run(Actor.system(), act)

    def read(self, act):
        with self.house.read(Actor.system()) as session:
            return act(session)

    def product(self, code, cost="0", **facts):
        def act(uow):
            unit = uow.session.scalar(select(Unit.id).order_by(Unit.id).limit(1))
            facts.setdefault("unit_id", unit)
            product = Product(code=code, name=code.title(), cost_price=D(cost), **facts)
            uow.add(product)
            return product.id

        self.products[code] = self.run(act)
        return self.products[code]

    def centre(self, code, labour="60", overhead="30", **facts):
        def act(uow):
            centre = WorkCentre(
                code=code, name=code.title(), labour_rate=D(labour), overhead_rate=D(overhead),
                **facts,
            )  # fmt: skip
            uow.add(centre)
            return centre.id

        return self.run(act)

    def bom(self, code, *lines, makes="1", operations=(), extras=(), **facts):
        """A bill: lines are (code, quantity[, facts]); operations (sequence, centre, set-up, run)."""
        bom = Bom(
            code=facts.pop("named", code),
            product_id=self.products[code],
            quantity=D(makes),
            active=facts.pop("active", True),
            lines=[
                BomLine(product_id=self.products[c], quantity=D(q), **(more[0] if more else {}))
                for c, q, *more in lines
            ],
            operations=[
                BomOperation(
                    sequence=n, name=f"Step {n}", work_centre_id=centre,
                    setup_minutes=D(setup), run_minutes=D(run), **(more[0] if more else {}),
                )
                for n, centre, setup, run, *more in operations
            ],
            by_products=[
                BomByProduct(product_id=self.products[c], quantity=D(q), cost_share=D(share))
                for c, q, share in extras
            ],
            variants=[BomVariant(product_id=self.products[c]) for c in facts.pop("variants", ())],
            **facts,
        )  # fmt: skip
        return self.run(lambda uow: save_boms(uow, [bom])[0].id)

    def all(self, model, **where):
        return self.read(
            lambda s: s.scalars(select(model).filter_by(**where).order_by(model.id)).all()
        )

    def codes(self, ids):
        names = {id: code for code, id in self.products.items()}
        return [names[id] for id in ids]


@pytest.fixture
def shop(house):
    return Shop(house)


@pytest.fixture
def shop_in():
    """A shop in a house of one's own."""
    return Shop
