"""Basics are entered through their forms."""

import pytest

from dougong import Actor, Invalid
from dougong.actors import EVERYTHING
from dougong.resources import documents
from dougong.resources.nouns import build

SYSTEM = Actor.system()


@pytest.fixture
def base(make_runtime):
    runtime = make_runtime("base")
    runtime.nouns = runtime.nouns or build(runtime.wiring)
    return runtime


def enter(runtime, name, /, **payload):
    noun = runtime.nouns.get(name)
    sight = noun.sight(EVERYTHING)

    def act(uow):
        saved = documents.save(uow, noun, sight, payload)
        uow.complete()
        return documents.read(noun, saved, sight) | {"id": saved.id}

    return runtime.house.run(SYSTEM, act)


def test_every_noun_of_the_basics_is_there(base):
    assert not base.nouns.reports
    assert {"base.parties", "base.products", "base.taxes"} <= set(base.nouns.all)


def test_a_party_is_entered_with_addresses_and_accounts(base):
    party = enter(
        base,
        "base.parties",
        code="ACME",
        name="Acme",
        payment_term="NET30",
        addresses=[{"street": "Main Street 1", "city": "Bonn", "country": "DE"}],
        bank_accounts=[{"number": "DE89 3704 0044 0532 0130 00"}],
    )

    assert [a["city"] for a in party["addresses"]] == ["Bonn"]


def test_a_mistyped_account_is_marked_where_it_stands(base):
    with pytest.raises(Invalid) as wrong:
        enter(
            base, "base.parties", code="A", name="A",
            bank_accounts=[{"number": "DE88 3704 0044 0532 0130 00"}],
        )  # fmt: skip

    assert list(wrong.value.errors) == ["bank_accounts.0.number"]


def test_a_party_cannot_stand_above_itself(base):
    top = enter(base, "base.parties", code="TOP", name="Top")
    below = enter(base, "base.parties", code="LOW", name="Low", parent="TOP")
    noun = base.nouns.get("base.parties")
    sight = noun.sight(EVERYTHING)

    def turn(uow):
        (document,) = documents.load(uow, noun, sight, [top["id"]])
        documents.save(uow, noun, sight, {"parent": below["id"]}, document=document)

    with pytest.raises(Invalid, match="above itself"):
        base.house.run(SYSTEM, turn)


def test_a_product_has_suppliers_and_bar_codes(base):
    enter(base, "base.parties", code="SUP", name="Supplier", is_supplier=True)
    product = enter(
        base, "base.products", code="P", name="Pen", unit="pc", sales_price="1.50",
        supplier_items=[{"supplier": "SUP", "code": "X1", "price": "0.80", "minimum": "10"}],
        barcodes=[{"code": "4006381333931", "quantity": "12"}],
    )  # fmt: skip

    assert product["supplier_items"][0]["code"] == "X1"


def test_a_group_of_taxes_contains_no_group(base):
    group = enter(base, "base.taxes", code="G", name="G", kind="group", members=[{"tax": "S7"}])
    assert group["kind"] == "group"

    with pytest.raises(Invalid, match="another group"):
        enter(base, "base.taxes", code="H", name="H", kind="group", members=[{"tax": "G"}])
