"""Inspections take their samples from the published tables, lot by lot."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from dougong import Actor, DocumentRef
from dougong_base import Product, Unit
from dougong_base.events import GoodsReceived, MovedLine
from dougong_production.inspections.models import Inspection
from dougong_production.quality_plans.models import Characteristic, QualityPlan

DAY = dt.date(2026, 3, 2)
LETTERS = "ABCDEFGHJKLMNPQR"
PRINTED = json.loads(
    (Path(__file__).parent / "printed" / "aql_normal_single.json").read_text("utf-8")
)
ACCEPTED = PRINTED["acceptance_number_by_aql_and_letter"]


def printed_plan(letter, aql):
    """Letter, sample, Ac and Re, its arrow followed by the words of the table."""
    own, at = ACCEPTED[aql], LETTERS.index(letter)
    zero = LETTERS.index(next(x for x, accept in own.items() if accept == 0))
    if letter not in own:
        if at < zero or at == zero + 1:
            at = zero
        elif at == zero + 2:
            at = LETTERS.index(next(x for x, accept in own.items() if accept == 1))
        else:
            at = max(LETTERS.index(x) for x in own)
    found = LETTERS[at]
    return found, PRINTED["sample_size"][found], own[found], own[found] + 1


@pytest.mark.parametrize("level", list(PRINTED["code_letters"]))
def test_every_lot_gets_the_sample_of_the_published_table(make_house, level):
    house = make_house("base", "production")

    def run(act):
        return house.run(Actor.system(), act)

    def master(uow):
        unit = uow.session.scalar(select(Unit.id).order_by(Unit.id).limit(1))
        made = {}
        for aql in ACCEPTED:
            product = Product(code=aql, name=aql, unit_id=unit)
            uow.add(product)
            plan = QualityPlan(
                code=aql, name=aql, stage="receipt", product_id=product.id, sampling="aql",
                aql=aql, level=level,
                characteristics=[Characteristic(name="Look", kind="yes_no")],
            )  # fmt: skip
            uow.add(plan)
            made[aql] = product.id
        return made

    products = run(master)
    lots = [(n, largest or 600_000) for n, (_least, largest) in enumerate(PRINTED["lot_ranges"])]
    events = [
        GoodsReceived(
            receipt=DocumentRef("inventory.receipts", 1000 + n), number=f"GR-{n}", source=None,
            company_id=1, party_id=None, on=DAY,
            lines=tuple(
                MovedLine(source_line_id=None, product_id=id, quantity=Decimal(lot), cost=Decimal(1))
                for id in products.values()
            ),
        )
        for n, lot in lots
    ]  # fmt: skip
    run(lambda uow: uow.publish(events))

    found = run(lambda uow: uow.session.scalars(select(Inspection)).all())
    assert len(found) == len(lots) * len(products)
    by_lot = {(one.product_id, one.lot_size): one for one in found}
    for n, lot in lots:
        letter = PRINTED["code_letters"][level][n]
        for aql, product in products.items():
            one = by_lot[product, lot]
            to, size, accept, reject = printed_plan(letter, aql)
            # The table never asks for more pieces than there are.
            expected = to, min(size, lot), accept, reject
            assert (one.letter, one.sample_size, one.accept, one.reject) == expected, (lot, aql)
