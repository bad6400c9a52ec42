"""Quantities are no finer than their unit is counted, whoever writes them."""

from decimal import Decimal as D  # noqa: N817

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text, update
from sqlalchemy.exc import IntegrityError

from dougong import Actor, Invalid, Refused
from dougong.actors import EVERYTHING
from dougong.resources import documents
from dougong.resources.nouns import build
from dougong_base import Barcode, Product, Unit, rounded_up, stepwise
from dougong_base.checks import fine
from dougong_base.units.models import usual_digits

SYSTEM = Actor.system()


@pytest.fixture
def base(make_runtime):
    runtime = make_runtime("base")
    runtime.nouns = runtime.nouns or build(runtime.wiring)
    return runtime


@pytest.fixture
def house(base):
    return base.house


def save(base, name, payload, document=None):
    noun = base.nouns.get(name)
    sight = noun.sight(EVERYTHING)

    def act(uow):
        loaded = documents.load(uow, noun, sight, [document])[0] if document else None
        return documents.save(uow, noun, sight, payload, document=loaded).id

    return base.house.run(SYSTEM, act)


def unit(house, code):
    with house.read(SYSTEM) as session:
        return session.query(Unit).filter_by(code=code).one()


def packed(house, quantity, code="pc"):
    """A product in a unit, with a package of so many; returns its id."""

    def act(uow):
        product = Product(
            code=f"P-{code}", name="Lamp", unit_id=unit(house, code).id,
            barcodes=[Barcode(code=f"4006381-{code}", quantity=D(quantity))],
        )  # fmt: skip
        uow.add(product)
        return product.id

    return house.run(SYSTEM, act)


def test_pieces_are_whole_and_kilograms_have_three_places(house):
    assert {code: unit(house, code).digits for code in ("pc", "dozen", "kg", "l", "m", "h")} == {
        "pc": 0, "dozen": 0, "kg": 3, "l": 3, "m": 3, "h": 2,
    }  # fmt: skip


def test_a_new_unit_is_as_fine_as_its_family_unless_somebody_says_otherwise(base):
    save(base, "base.units", {"code": "box", "name": "Box", "family": "piece"})
    save(
        base, "base.units", {"code": "oz", "name": "Ounce", "family": "weight", "factor": "0.02835"}
    )
    save(base, "base.units", {"code": "ct", "name": "Carat", "family": "weight", "digits": 5})

    assert unit(base.house, "box").digits == 0
    assert unit(base.house, "oz").digits == 3
    assert unit(base.house, "ct").digits == 5
    assert usual_digits("time") == 2


@pytest.mark.parametrize("digits", [-1, 7])
def test_a_unit_has_between_none_and_six_decimal_places(base, digits):
    with pytest.raises(Invalid):
        save(base, "base.units", {"code": "x", "name": "X", "family": "piece", "digits": digits})

    def past_the_form(uow):
        uow.add(Unit(code="y", name="Y", digits=digits))

    with pytest.raises(Refused, match="between 0 and 6"):
        base.house.run(SYSTEM, past_the_form)


def test_a_form_marks_the_quantity_that_is_too_fine(base):
    product = {
        "code": "LAMP",
        "name": "Lamp",
        "unit": "pc",
        "barcodes": [{"code": "1", "quantity": "1.5"}],
    }
    with pytest.raises(Invalid) as wrong:
        save(base, "base.products", product)

    assert wrong.value.errors == {
        "barcodes.0.quantity": "1.5 pc: this unit is counted in whole numbers only."
    }
    save(base, "base.products", product | {"unit": "kg"})


def test_what_no_form_has_seen_is_refused_where_it_is_written(house):
    with pytest.raises(Refused, match=r"1\.5 pc: this unit is counted in whole numbers only"):
        packed(house, "1.5")
    with pytest.raises(Refused, match="no more than 3 decimal places"):
        packed(house, "1.2345", "kg")
    key = packed(house, "1.234", "kg")

    def change(uow):
        product = uow.get(Product, key, Product.barcodes)
        product.barcodes[0].quantity = D("1.2345")

    with pytest.raises(Refused, match="no more than 3 decimal places"):
        house.run(SYSTEM, change)


def test_the_database_itself_refuses_what_is_too_fine(house):
    packed(house, 2)
    packed(house, "1.234", "kg")

    def statement(quantity, code):
        def act(uow):
            uow.session.connection().execute(
                update(Barcode).where(Barcode.code == f"4006381-{code}").values(quantity=quantity)
            )

        return act

    for quantity, code in ((D("2.5"), "pc"), (D("1.2345"), "kg")):
        with pytest.raises((Refused, IntegrityError), match="more decimal places than its unit"):
            house.run(SYSTEM, statement(quantity, code))
    house.run(SYSTEM, statement(D(3), "pc"))
    house.run(SYSTEM, statement(D("1.235"), "kg"))


def test_a_unit_does_not_lose_places_that_are_in_use(base):
    packed(base.house, "1.234", "kg")
    kilo = unit(base.house, "kg")
    with pytest.raises(Invalid) as wrong:
        save(base, "base.units", {"digits": 2}, kilo.id)
    assert "a quantity of 1.234" in str(wrong.value.errors["digits"])

    def past_the_form(uow):
        uow.get(Unit, kilo.id).digits = 2

    with pytest.raises(Refused, match=r"P-kg is counted more finely already"):
        base.house.run(SYSTEM, past_the_form)
    save(base, "base.units", {"digits": 4}, kilo.id)
    save(base, "base.units", {"digits": 3}, kilo.id)
    save(base, "base.units", {"digits": 1}, unit(base.house, "l").id)


def test_a_product_does_not_get_a_unit_that_cannot_tell_its_quantities(base):
    key = packed(base.house, "1.234", "kg")
    with pytest.raises(Invalid) as wrong:
        save(base, "base.products", {"unit": "pc"}, key)
    assert list(wrong.value.errors) == ["unit"]
    save(base, "base.products", {"unit": "g"}, key)


def test_the_check_names_what_came_in_past_all_rules(house):
    packed(house, "1.234", "kg")
    with house.read(SYSTEM) as session:
        assert list(fine(session)) == []

    def behind_everybodys_back(uow):
        uow.session.connection().execute(text("UPDATE base_unit SET digits = 1 WHERE code = 'kg'"))

    house.run(SYSTEM, behind_everybodys_back)
    with house.read(SYSTEM) as session:
        (sentence,) = fine(session)
    assert "base_barcode: a quantity of P-kg is 1.234" in sentence


def test_needs_are_rounded_up_and_their_sum_only_once():
    assert list(stepwise([D("12.02"), D("12.02"), D("11.97")], 0)) == [13, 12, 12]
    assert rounded_up(D("0.0001"), 3) == D("0.001")


@given(st.lists(st.decimals(0, 1000, places=4), max_size=12), st.integers(0, 3))
def test_a_stepwise_need_is_never_too_late_and_never_a_whole_step_too_much(needs, digits):
    told = list(stepwise(needs, digits))

    step = D(1).scaleb(-digits)
    for count in range(len(needs) + 1):
        ahead = sum(told[:count], D(0)) - sum(needs[:count], D(0))
        assert 0 <= ahead < step
    assert all(part % step == 0 and part >= 0 for part in told)


def test_as_many_different_products_as_one_likes_are_asked_about_in_parts(base, monkeypatch):
    monkeypatch.setattr("dougong_base.units.digits.AT_ONCE", 2)
    codes = ("kg", "l", "m", "pc")
    products = dict(zip(codes, [packed(base.house, 1, code) for code in codes], strict=True))

    def finer(code, quantity):
        return Barcode(code=f"finer-{code}", product_id=products[code], quantity=D(quantity))

    base.house.run(SYSTEM, lambda uow: uow.add(*(finer(code, "1.5") for code in codes[:3])))
    with pytest.raises(Refused, match=r"pc: this unit is counted in whole numbers"):
        base.house.run(SYSTEM, lambda uow: uow.add(*(finer(code, "2.5") for code in codes)))
