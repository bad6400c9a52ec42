"""Purchasing is entered through its forms and files."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dougong import Actor, Invalid, Refused
from dougong.actors import EVERYTHING
from dougong.resources import documents, steps
from dougong.resources.documents.saving import copy_of
from dougong.resources.nouns import build

SYSTEM = Actor.system()


class Office:
    """A way to enter things as pages and files do."""

    def __init__(self, runtime):
        self.house, self.nouns = runtime.house, runtime.nouns or build(runtime.wiring)
        self.enter("base.parties", code="BOB", name="Bob", is_supplier=True,
                   supplier_term="NET30")  # fmt: skip
        self.enter("base.products", code="TEA", name="Tea", unit="pc", purchase_tax="P19",
                   cost_price="6")  # fmt: skip
        self.enter(
            "purchasing.terms", supplier="BOB", name="2026", currency="EUR",
            prices=[
                {"product": "TEA", "minimum": "0", "price": "5", "lead_days": 7},
                {"product": "TEA", "minimum": "100", "price": "4", "lead_days": 9},
            ],
        )  # fmt: skip

    def enter(self, noun, key=None, **payload):
        found = self.nouns.get(noun)
        sight = found.sight(EVERYTHING)

        def act(uow):
            document = documents.load(uow, found, sight, [key])[0] if key else None
            entry = documents.Entry(payload, document)
            documents.save_all(uow, found, sight, [entry])
            if entry.errors:
                raise Invalid(entry.errors)
            uow.complete()
            return self._plain(found, sight, entry.document)

        return self.house.run(SYSTEM, act)

    def look(self, noun, key):
        found = self.nouns.get(noun)
        sight = found.sight(EVERYTHING)
        return self.house.run(
            SYSTEM,
            lambda uow: self._plain(found, sight, documents.load(uow, found, sight, [key])[0]),
        )

    def step(self, noun, name, key, **asked):
        found = self.nouns.get(noun)
        sight = found.sight(EVERYTHING)
        self.house.run(SYSTEM, lambda uow: steps.run_one(uow, found, sight, name, key, **asked))

    def _plain(self, noun, sight, document):
        plain = documents.plain_document(noun, sight, documents.read(noun, document, sight))
        return plain | {"id": document.id}


@pytest.fixture
def office(runtime):
    return Office(runtime)


def order(office, **more):
    facts = {"supplier": "BOB", "ordered_on": "2026-03-02"} | more
    return office.enter("purchasing.orders", **facts)


def test_an_order_takes_price_tax_and_date_from_the_supplier_s_list(office):
    made = order(office, lines=[{"product": "TEA", "quantity": "10"}])
    (line,) = made["lines"]
    assert (line["price"], line["expected_on"]) == ("5", "2026-03-09")
    assert (made["untaxed"], made["total"], made["currency"]) == ("50.00", "59.50", "EUR")
    many = order(office, lines=[{"product": "TEA", "quantity": "100"}])
    assert (many["lines"][0]["price"], many["lines"][0]["expected_on"]) == (
        "4",
        "2026-03-11",
    )


def test_a_price_that_was_agreed_otherwise_stays(office):
    made = order(office, lines=[{"product": "TEA", "quantity": "10", "price": "4.80"}])
    assert made["untaxed"] == "48.00"


def test_an_order_is_not_expected_before_it_was_ordered(office):
    with pytest.raises(Invalid, match="before the day of the order"):
        order(office, expected_on="2026-03-01", lines=[{"product": "TEA", "quantity": "1"}])


def test_a_list_has_one_price_from_each_quantity_on(office):
    with pytest.raises(Invalid, match="has a price from this quantity on"):
        office.enter(
            "purchasing.terms", supplier="BOB", name="x", currency="EUR",
            prices=[{"product": "TEA", "minimum": "5", "price": p} for p in ("5", "4")],
        )  # fmt: skip


def prices_of(office, *lines, **more):
    facts = {"supplier": "BOB", "name": "New", "currency": "EUR"} | more
    return office.enter(
        "purchasing.terms",
        prices=[{"product": "TEA", "minimum": m, "price": p} for m, p in lines], **facts,
    )  # fmt: skip


def test_two_lists_of_a_supplier_do_not_hold_at_the_same_time(office):
    with pytest.raises(Invalid, match="has prices of the same products in this time"):
        prices_of(office, ("0", "6"))
    with pytest.raises(Invalid, match="ends on or after the day it starts"):
        prices_of(office, ("0", "6"), starts_on="2027-01-02", ends_on="2027-01-01")
    assert prices_of(office, ("0", "6"), priority=5)["name"] == "New"
    assert prices_of(office, ("0", "6"), currency="USD")["name"] == "New"


def test_a_list_that_follows_another_is_taken(office):
    first = prices_of(office, ("0", "6"), priority=1, ends_on="2026-12-31")
    assert prices_of(office, ("0", "7"), priority=1, starts_on="2027-01-01")["id"] != first["id"]
    with pytest.raises(Invalid, match="in this time"):
        prices_of(office, ("0", "7"), priority=1, starts_on="2026-12-31", ends_on="2026-12-31")


def test_who_is_no_supplier_is_neither_ordered_from_nor_asked_nor_listed(office):
    office.enter("base.parties", code="ADA", name="Ada", is_customer=True)
    line = {"product": "TEA", "quantity": "1"}
    for noun, facts in (
        ("purchasing.orders", {"supplier": "ADA", "lines": [line]}),
        ("purchasing.terms", {"supplier": "ADA", "name": "x", "currency": "EUR", "prices": []}),
        ("purchasing.rfqs", {"answer_by": "2099-01-01", "lines": [line],
                             "suppliers": [{"supplier": "ADA"}]}),
        ("purchasing.quotas", {"product": "TEA", "lines": [{"supplier": "ADA", "part": "100"}]}),
    ):  # fmt: skip
        with pytest.raises(Invalid, match="not a supplier of ours"):
            office.enter(noun, **facts)


def test_quotas_are_a_hundred_percent_one_at_a_time(office):
    office.enter("base.parties", code="EVE", name="Eve", is_supplier=True)

    def quota(*parts, **more):
        lines = [{"supplier": s, "part": p} for s, p in parts]
        facts = {"product": "TEA", "starts_on": "2026-01-01", "lines": lines} | more
        return office.enter("purchasing.quotas", **facts)

    with pytest.raises(Invalid, match="100 percent together"):
        quota(("BOB", "60"), ("EVE", "30"))
    with pytest.raises(Invalid, match="has a part already"):
        quota(("BOB", "60"), ("BOB", "40"))
    quota(("BOB", "60"), ("EVE", "40"), ends_on="2026-12-31")
    with pytest.raises(Invalid, match="has a quota in this time"):
        quota(("BOB", "100"), starts_on="2026-12-31")
    quota(("BOB", "100"), starts_on="2027-01-01")


def test_a_request_for_quotation_without_suppliers_is_not_sent(office):
    made = office.enter(
        "purchasing.rfqs", answer_by="2099-01-01", lines=[{"product": "TEA", "quantity": "1"}],
        suppliers=[],
    )  # fmt: skip
    with pytest.raises(Refused, match="suppliers to ask"):
        office.step("purchasing.rfqs", "send", made["id"])
    with pytest.raises(Invalid, match="asked already"):
        office.enter(
            "purchasing.rfqs", made["id"], suppliers=[{"supplier": "BOB"}, {"supplier": "BOB"}]
        )
    with pytest.raises(Invalid, match="before the day for answers"):
        office.enter("purchasing.rfqs", made["id"], award_by="2098-12-31")
    assert office.look("purchasing.rfqs", made["id"])["state"] == "draft"


def test_an_order_in_a_currency_without_a_rate_is_neither_priced_nor_confirmed(office):
    office.enter("base.products", code="CUP", name="Cup", unit="pc", cost_price="2")
    with pytest.raises(Invalid, match="JPY"):
        order(office, currency="JPY", lines=[{"product": "CUP", "quantity": "1"}])
    made = order(
        office, currency="JPY", lines=[{"product": "CUP", "quantity": "1", "price": "300"}]
    )
    with pytest.raises(Refused, match="JPY"):
        office.step("purchasing.orders", "confirm", made["id"])
    assert office.look("purchasing.orders", made["id"])["state"] == "draft"


def test_products_and_suppliers_have_a_tolerance_of_their_own(office):
    nuts = {"code": "NUT", "name": "Nuts", "unit": "pc", "purchasing": {"over_receipt": "5"}}
    made = office.enter("base.products", **nuts)
    assert made["purchasing"] == {"over_receipt": "5"}
    with pytest.raises(Invalid):
        office.enter("base.products", made["id"], purchasing={"over_receipt": "-1"})


def test_a_request_goes_its_way_through_the_steps(office):
    made = office.enter(
        "purchasing.requests", needed_on="2099-01-01", lines=[{"product": "TEA", "quantity": "3"}]
    )
    for step in ("submit", "order"):
        office.step("purchasing.requests", step, made["id"])
    assert office.look("purchasing.requests", made["id"])["state"] == "ordered"
    with pytest.raises(Refused):
        office.step("purchasing.requests", "order", made["id"])


def test_a_confirmed_order_is_changed_by_its_step(office):
    made = order(office, lines=[{"product": "TEA", "quantity": "10"}])
    office.step("purchasing.orders", "confirm", made["id"])
    line = made["lines"][0]["id"]
    office.step("purchasing.orders", "cancel", order(office, lines=[])["id"])
    with pytest.raises(Refused, match="has come that could go back"):
        office.step("purchasing.orders", "return", made["id"])
    office.step("purchasing.orders", "change", made["id"], line=line, quantity=Decimal(8))
    assert office.look("purchasing.orders", made["id"])["untaxed"] == "40.00"


def test_lines_that_a_verb_makes_are_neither_entered_nor_copied(office):
    facts = {"dated_on": "2026-03-02", "parts": [{"kind": "freight", "amount": "5"}]}
    with pytest.raises(Invalid) as refusal:
        office.enter("purchasing.landed", **facts, shares=[{"product": "TEA", "value": "5"}])
    assert list(refusal.value.errors) == ["shares"]
    assert office.enter("purchasing.landed", **facts)["shares"] == []

    noun = office.nouns.get("purchasing.landed")
    said = {"id": 1, "parts": [], "receipts": [], "shares": [{"product": 1, "value": 5}]}
    assert "shares" not in copy_of(noun, noun.sight(EVERYTHING), said)
