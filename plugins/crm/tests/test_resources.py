"""Sales is entered through its forms and files."""

import datetime as dt
from dataclasses import replace

import pytest

from dougong import Actor, Invalid, clock
from dougong.actors import EVERYTHING
from dougong.resources import documents, steps
from dougong.resources.nouns import build

SYSTEM = Actor.system()


@pytest.fixture
def desk(make_runtime):
    """A sales desk with a customer, products and a way to enter things."""
    runtime = make_runtime("base", "crm")
    runtime.nouns = runtime.nouns or build(runtime.wiring)
    return Desk(runtime)


class Desk:
    def __init__(self, runtime):
        self.house, self.nouns, self.actor = runtime.house, runtime.nouns, SYSTEM
        self.enter("base.parties", code="ACME", name="Acme", is_customer=True, payment_term="NET30")
        self.enter("base.products", code="DESK", name="Desk", unit="pc", sales_price="100",
                   sales_tax="S19", cost_price="60")  # fmt: skip
        self.enter("base.products", code="FREIGHT", name="Freight", kind="service", unit="pc")

    def enter(self, noun, /, key=None, **payload):
        (answer,) = self.enter_all(noun, [payload], key)
        return answer

    def enter_all(self, noun, payloads, key=None):
        found = self.nouns.get(noun)
        sight = found.sight(EVERYTHING)

        def act(uow):
            document = documents.load(uow, found, sight, [key])[0] if key else None
            entries = [documents.Entry(p, document) for p in payloads]
            documents.save_all(uow, found, sight, entries)
            for entry in entries:
                if entry.errors:
                    raise Invalid(entry.errors)
            uow.complete()
            return [self._plain(found, sight, e.document) for e in entries]

        return self.house.run(self.actor, act)

    def _plain(self, noun, sight, document):
        plain = documents.plain_document(noun, sight, documents.read(noun, document, sight))
        return plain | {"id": document.id}

    def look(self, noun, key):
        found = self.nouns.get(noun)
        sight = found.sight(EVERYTHING)

        def act(uow):
            (document,) = documents.load(uow, found, sight, [key])
            return self._plain(found, sight, document)

        return self.house.run(self.actor, act)

    def step(self, noun, name, key, **asked):
        found = self.nouns.get(noun)
        sight = found.sight(EVERYTHING)
        self.house.run(self.actor, lambda uow: steps.run_one(uow, found, sight, name, key, **asked))


def test_a_document_is_of_the_day_where_whoever_enters_it_is(desk):
    desk.actor = replace(SYSTEM, timezone="Asia/Shanghai")
    line = {"product": "DESK"}

    with clock.at(dt.datetime(2026, 1, 1, 20, tzinfo=dt.UTC)):
        order = desk.enter("crm.orders", customer="ACME", lines=[line])
        quote = desk.enter("crm.quotes", customer="ACME", lines=[line])

    assert (order["ordered_on"], quote["quoted_on"]) == ("2026-01-02", "2026-01-02")


def test_every_noun_of_sales_is_there(desk):
    assert not desk.nouns.reports
    assert {"crm.orders", "crm.quotes", "crm.returns", "crm.customers"} <= set(desk.nouns.all)


def test_an_order_takes_terms_prices_and_taxes_from_customer_and_product(desk):
    order = desk.enter("crm.orders", customer="ACME", lines=[{"product": "DESK", "quantity": "3"}])

    (line,) = order["lines"]
    assert (line["price"], line["amount"], line["description"]) == ("100", "300.00", "Desk")
    assert (order["untaxed"], order["tax_total"], order["total"]) == ("300.00", "57.00", "357.00")
    assert (order["currency"], order["margin"]) == ("EUR", "120.00")
    assert order["payment_term"] is not None


def test_a_migrated_order_keeps_its_own_prices_and_its_freight(desk):
    order = desk.enter(
        "crm.orders",
        customer="ACME", reference="10248", ordered_on="1996-07-04", promised_on="1996-08-01",
        lines=[
            {"product": "DESK", "quantity": "12", "price": "14", "discount": "5"},
            {"product": "FREIGHT", "price": "32.38"},
        ],
    )  # fmt: skip

    assert [line["amount"] for line in order["lines"]] == ["159.60", "32.38"]
    assert order["ordered_on"] == "1996-07-04"


def test_many_orders_are_entered_in_few_statements(desk):
    from sqlalchemy import event

    seen = []
    event.listen(
        desk.house.engine, "before_cursor_execute", lambda c, cur, s, *rest: seen.append(s)
    )

    def payloads(many):
        lines = [{"product": "DESK", "quantity": "3"} for _ in range(5)]
        return [{"customer": "ACME", "lines": [dict(x) for x in lines]} for _ in range(many)]

    desk.enter_all("crm.orders", payloads(1))
    alone = len(seen)
    seen.clear()
    desk.enter_all("crm.orders", payloads(100))

    assert len(seen) <= alone + 3, (alone, len(seen))


def test_a_discount_on_the_order_goes_to_lines_without_their_own(desk):
    order = desk.enter(
        "crm.orders",
        customer="ACME", discount="10",
        lines=[{"product": "DESK"}, {"product": "DESK", "discount": "20"}],
    )  # fmt: skip

    assert [line["discount"] for line in order["lines"]] == ["10", "20"]


def test_dozens_are_counted_in_pieces(desk):
    order = desk.enter(
        "crm.orders", customer="ACME", lines=[{"product": "DESK", "quantity": "2", "unit": "dozen"}]
    )

    assert order["lines"][0]["price"] == "1200"
    assert order["untaxed"] == "2400.00"


def test_a_unit_that_measures_something_else_is_marked_at_its_line(desk):
    with pytest.raises(Invalid) as wrong:
        desk.enter("crm.orders", customer="ACME", lines=[{"product": "DESK", "unit": "kg"}])

    assert "lines.0.unit" in wrong.value.errors


def test_the_most_particular_price_counts(desk):
    desk.enter(
        "crm.pricelists",
        code="STD", name="Standard", currency="EUR",
        rules=[
            {"kind": "percent", "percent": "5"},
            {"product": "DESK", "price": "90", "minimum": "10"},
            {"product": "DESK", "customer": "ACME", "price": "80", "minimum": "100"},
            {"product": "DESK", "price": "10", "ends_on": "2020-01-01"},
        ],
    )  # fmt: skip

    order = desk.enter(
        "crm.orders",
        customer="ACME",
        lines=[{"product": "DESK", "quantity": q} for q in ("1", "10", "100")],
    )

    assert [line["price"] for line in order["lines"]] == ["95", "90", "80"]


def test_a_price_of_the_list_follows_the_quantity_and_a_typed_one_stays(desk):
    desk.enter(
        "crm.pricelists", code="STD", name="Standard", currency="EUR",
        rules=[{"product": "DESK", "price": "90", "minimum": "10"}],
    )  # fmt: skip
    order = desk.enter(
        "crm.orders",
        customer="ACME",
        lines=[{"product": "DESK"}, {"product": "DESK", "price": "77"}],
    )

    lines = [{"id": line["id"], "quantity": "10"} for line in order["lines"]]
    after = desk.enter("crm.orders", order["id"], lines=lines)

    assert [line["price"] for line in after["lines"]] == ["90", "77"]


def test_from_lead_to_order(desk):
    lead = desk.enter(
        "crm.leads", name="Ann", organisation="Bolt Ltd", email="ann@bolt.example", interest="Desks"
    )
    desk.step("crm.leads", "convert", lead["id"])
    lead = desk.look("crm.leads", lead["id"])
    (chance,) = _all(desk, "crm.opportunities")
    assert (chance["name"], chance["customer"]) == ("Desks", lead["customer"])
    desk.enter("crm.opportunities", chance["id"], value="5000", probability=50)
    assert desk.look("crm.opportunities", chance["id"])["expected"] == "2500.00"

    desk.step("crm.opportunities", "quote", chance["id"])
    (quote,) = _all(desk, "crm.quotes")
    desk.enter("crm.quotes", quote["id"], lines=[{"product": "DESK", "quantity": "2"}])
    desk.step("crm.quotes", "send", quote["id"])
    desk.step("crm.quotes", "revise", quote["id"])
    first, second = sorted(_all(desk, "crm.quotes"), key=lambda q: q["revision"])
    assert (first["state"], second["state"]) == ("replaced", "draft")
    assert (first["number"], second["number"]) == ("SQ-2026-00001", "SQ-2026-00001")
    desk.step("crm.quotes", "accept", second["id"])

    (order,) = _all(desk, "crm.orders")
    assert (order["quote"], order["total"], order["state"]) == (second["id"], "238.00", "draft")
    assert desk.look("crm.opportunities", chance["id"])["state"] == "won"
    desk.step("crm.orders", "confirm", order["id"])
    assert desk.look("crm.orders", order["id"])["number"] == "SO-2026-00001"


def test_a_lead_is_matched_to_the_customer_it_turns_out_to_be(desk):
    desk.enter("base.parties", code="BOLT", name="Bolt", email="Ann@Bolt.example", is_customer=True)
    lead = desk.enter("crm.leads", name="Ann", email="ann@bolt.example")

    desk.step("crm.leads", "convert", lead["id"])

    with desk.house.read(SYSTEM) as session:
        from dougong_base import Party

        bolt = session.query(Party).filter_by(code="BOLT").one()
    assert desk.look("crm.leads", lead["id"])["customer"] == bolt.id


def _all(desk, noun):
    from sqlalchemy import select

    model = desk.nouns.get(noun).model
    with desk.house.read(SYSTEM) as session:
        keys = session.scalars(select(model.id).order_by(model.id)).all()
    return [desk.look(noun, key) for key in keys]


def test_a_customer_at_a_glance(desk):
    from dougong_crm.customers.glance import figures_of

    order = desk.enter("crm.orders", customer="ACME", lines=[{"product": "DESK"}])
    desk.step("crm.orders", "confirm", order["id"])

    with desk.house.read(SYSTEM) as session:
        figures = figures_of(session, order["customer"], SYSTEM)
        nothing = figures_of(session, order["customer"], Actor(7, "Eve", frozenset(), (1,), 1))

    assert [(str(f.label), f.amount, f.number) for f in figures][:2] == [
        ("Sold, without tax", 100, 1),
        ("Ordered, not billed", 100, 1),
    ]
    assert not nothing
