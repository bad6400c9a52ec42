"""The shop floor on a tablet and a phone: readable by everyone, one button for each thing to do."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from corners import Corner
from sqlalchemy import select

from dougong.actors import Actor
from dougong_base import Product
from dougong_production.boms.models import Bom, BomLine, BomOperation
from dougong_production.boms.service import save_boms
from dougong_production.orders.models import Order
from dougong_production.orders.service import create_orders, release_orders
from dougong_production.work_centres.models import WorkCentre

TABLET = {"width": 1024, "height": 768}


@pytest.fixture(scope="module", autouse=True)
def work_to_do(server: Any) -> None:
    """Somebody has released an order."""
    server.runtime.house.run(Actor.system(), release_one)


def release_one(uow: Any) -> None:
    """A beam is made of a panel at a bench."""
    part = uow.session.scalar(select(Product.id).where(Product.code == "PANEL"))
    beam = uow.session.scalar(select(Product.id).where(Product.code == "BEAM"))
    bench = WorkCentre(code="BENCH", name="Bench")
    uow.add(bench)
    bom = Bom(
        code="BEAM", product_id=beam, quantity=Decimal(1),
        lines=[BomLine(product_id=part, quantity=Decimal(1))],
        operations=[BomOperation(name="Glue", sequence=10, work_centre_id=bench.id)],
    )  # fmt: skip
    save_boms(uow, [bom])
    order = Order(product_id=beam, quantity=Decimal(5))
    create_orders(uow, [order])
    release_orders(uow, [order.id])


def test_work_is_found_and_shown_with_large_buttons(
    open_page: Callable[..., Any], look: Callable[[Any], None], corner: Corner
) -> None:
    size = corner.size if corner.phone else TABLET
    page = open_page("/production/floor", size=size)
    look(page)

    page.locator("a.card[href^='/production/floor/']").first.click()
    button = page.locator("form[action$='/start'] button")
    button.wait_for()
    look(page)
    assert button.bounding_box()["height"] >= 44
