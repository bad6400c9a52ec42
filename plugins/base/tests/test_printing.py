"""Labels of products, and how papers are addressed."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest
from sqlalchemy import select

from dougong import Actor
from dougong_base import Address, Party, Product, Unit, address_lines, kept_lines


@pytest.fixture
def house(make_house):
    return make_house("base")


@pytest.fixture
def products(work):
    with work() as uow:
        unit = uow.session.scalar(select(Unit.id).where(Unit.code == "pc"))
        chair = Product(code="CHAIR", name="Chair", unit_id=unit, sales_price=Decimal("79.5"))
        sofa = Product(code="椅子", name="沙发", unit_id=unit)
        uow.add(chair, sofa)
        return [chair.id, sofa.id]


def test_labels_are_printed_in_bulk_one_a_page(house, products, printed):
    pages = printed(house, "base.products", products, "label", pages=True)

    assert pages == ["Chair CHAIR", "沙发 椅子"]


def test_a_price_stands_on_the_label_of_those_who_may_see_it(house, products, printed):
    assert "€79.50" in printed(house, "base.products", products[0], "price-label")
    assert "79.50" not in printed(house, "base.products", products[0], "label")


def test_a_cost_price_is_printed_only_for_those_who_may_see_it(house, products, printed):
    clerk = dataclasses.replace(
        Actor.system(), rights=frozenset({"base.product.read", "base.unit.read"})
    )

    assert "Cost price" in printed(house, "base.products", products[0], "form")
    assert "Cost price" not in printed(house, "base.products", products[0], "form", actor=clerk)


def test_an_address_is_written_as_the_reader_expects_it():
    german = Address(street="Weg 1", postcode="10115", city="Berlin", country="DE")
    chinese = Address(
        street="人民路 1 号", postcode="310000", city="杭州", region="浙江", country="CN"
    )

    assert address_lines(german, "en") == ["Weg 1", "10115 Berlin", "Germany"]
    assert address_lines(german, "zh_Hans_CN")[-1] == "德国"
    assert address_lines(chinese, "zh_Hans_CN") == ["310000", "浙江杭州", "人民路 1 号"]
    assert address_lines(chinese, "en")[-1] == "China"
    assert address_lines(german, "en", home="DE") == ["Weg 1", "10115 Berlin"]
    assert kept_lines("Weg 1, 10115 Berlin, DE", "en", home="DE") == ["Weg 1", "10115 Berlin"]
    assert kept_lines("Weg 1, 10115 Berlin, DE", "en") == ["Weg 1", "10115 Berlin", "Germany"]


def test_a_party_prints_with_the_letterhead_of_the_house(house, work, printed):
    with work() as uow:
        party = Party(code="ADA", name="Ada & <Co> #eval(1)")
        uow.add(party)

    found = printed(house, "base.parties", party.id)

    assert "Ada & <Co> #eval(1)" in found
    assert "Page 1 of 1" in found
