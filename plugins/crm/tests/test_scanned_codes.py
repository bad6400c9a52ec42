"""A scanner reads a code, and the line of an order knows which product it is."""

from __future__ import annotations

import pytest

from dougong import Actor, Invalid
from dougong.actors import EVERYTHING
from dougong.resources import documents
from dougong.resources.nouns import build

SYSTEM = Actor.system()


@pytest.fixture
def scan(make_runtime):
    """Enter an order with one line for a code; returns the product's code."""
    runtime = make_runtime("crm")
    runtime.nouns = runtime.nouns or build(runtime.wiring)

    def enter(uow, name, payload):
        noun = runtime.nouns.get(name)
        return documents.save(uow, noun, noun.sight(EVERYTHING), payload)

    def fill(uow):
        enter(uow, "base.parties", {"code": "ACME", "name": "Acme", "is_customer": True})
        bolt = {"code": "BOLT", "name": "Bolt M8", "kind": "goods", "barcode": "4006381333931"}
        bolt["barcodes"] = [{"code": "4006381333948", "quantity": "100"}]
        enter(uow, "base.products", bolt)

    runtime.house.run(SYSTEM, fill)

    def act(code):
        def order(uow):
            line = {"product": code, "quantity": "1"}
            return (
                enter(uow, "crm.orders", {"customer": "ACME", "lines": [line]})
                .lines[0]
                .product.code
            )

        return runtime.house.run(SYSTEM, order)

    return act


@pytest.mark.parametrize("code", ["BOLT", "4006381333931", "4006381333948"])
def test_a_product_is_named_by_each_of_its_codes(scan, code):
    assert scan(code) == "BOLT"


def test_a_code_that_nothing_carries_is_refused_at_its_line(scan):
    with pytest.raises(Invalid) as wrong:
        scan("0000000000000")

    assert list(wrong.value.errors) == ["lines.0.product"]
