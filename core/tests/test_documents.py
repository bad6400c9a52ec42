"""Documents: entered, derived, checked and saved by one path."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from shop import CALLS, Customer, Order, OrderLine
from shop_stock import stock as stock
from sqlalchemy import func, select

from dougong import Forbidden, Invalid, NotFound, Refused
from dougong.actors import EVERYTHING, Actor
from dougong.audit.models import AuditEntry
from dougong.resources import documents, steps
from dougong.resources.problems import StaleDocument

D = Decimal


@pytest.fixture
def orders(shop):
    noun = shop.nouns.get("shop.orders")
    return noun, noun.sight(EVERYTHING)


def enter(shop, me, noun_sight, payload, key=None):
    noun, sight = noun_sight

    def act(uow):
        document = documents.load(uow, noun, sight, [key])[0] if key else None
        saved = documents.save(uow, noun, sight, payload, document=document)
        uow.complete()
        return saved.id, documents.plain_document(noun, sight, documents.read(noun, saved, sight))

    return shop.run(me, act)


def look(shop, me, noun_sight, key):
    noun, sight = noun_sight
    with shop.read(me) as session:
        return documents.read(noun, documents.get(session, noun, sight, key), sight)


def one_line(stock, **more):
    return {"customer": stock["ACME"], "lines": [{"product": stock["P2"], **more}]}


def test_an_order_takes_its_prices_from_the_products_and_sums_up(shop, me, stock, orders):
    lines = [{"product": stock["P2"], "quantity": "3"}, {"product": stock["P3"]}]
    key, answer = enter(shop, me, orders, {"customer": stock["ACME"], "lines": lines})

    assert answer["total"] == "9.00"
    assert [line["amount"] for line in answer["lines"]] == ["6.00", "3.00"]
    stored = look(shop, me, orders, key)
    assert stored["total"] == D(9)
    assert [line["quantity"] for line in stored["lines"]] == [D(3), D(1)]


def test_a_changed_line_is_a_new_version_of_the_order_and_in_its_history(shop, me, stock, orders):
    key, answer = enter(shop, me, orders, one_line(stock, quantity="3"))
    line = answer["lines"][0]["id"]

    _key, after = enter(
        shop,
        me,
        orders,
        {"lines": [{"id": line, "quantity": "4"}, {"product": stock["P1"]}], "version": 1},
        key,
    )

    assert after["total"] == "9.00"
    with shop.read(me) as session:
        assert session.scalar(select(Order.version)) == 2
        entry = session.scalars(select(AuditEntry).where(AuditEntry.document_id == key)).all()[-1]
    told = json.loads(entry.changes)
    assert told["shop_order_line"][str(line)]["quantity"] == ["3", "4"]
    assert told["total"] == ["6", "9"]


def test_a_line_that_is_left_out_goes(shop, me, stock, orders):
    payload = {"customer": stock["ACME"], "lines": [{"product": stock[p]} for p in ("P1", "P2")]}
    key, answer = enter(shop, me, orders, payload)

    enter(shop, me, orders, {"lines": [{"id": answer["lines"][1]["id"]}]}, key)

    stored = look(shop, me, orders, key)
    assert [line["product"] for line in stored["lines"]] == [stock["P2"]]
    with shop.read(me) as session:
        assert session.scalar(select(func.count()).select_from(OrderLine)) == 1


def test_a_typed_price_stays_until_the_product_changes(shop, me, stock, orders):
    key, answer = enter(shop, me, orders, one_line(stock, price="7.50"))
    line = answer["lines"][0]["id"]

    _key, kept = enter(shop, me, orders, {"lines": [{"id": line, "quantity": "2"}]}, key)
    _key, new = enter(shop, me, orders, {"lines": [{"id": line, "product": stock["P3"]}]}, key)

    assert kept["total"] == "15.00"
    assert new["total"] == "6.00"


def test_the_same_again_changes_nothing(shop, me, stock, orders):
    key, answer = enter(shop, me, orders, one_line(stock, quantity="3"))
    line = answer["lines"][0]

    payload = {"customer": stock["ACME"], "lines": [{"id": line["id"], "quantity": "3.000"}]}
    enter(shop, me, orders, payload, key)

    with shop.read(me) as session:
        assert session.scalar(select(Order.version)) == 1


def test_errors_say_where_they_are(shop, me, stock, orders):
    bad = {"customer": 999999, "lines": [{"product": "P9"}, {"product": "P1", "quantity": "2000"}]}

    with pytest.raises(Invalid) as broken:
        enter(shop, me, orders, {"colour": "red", "lines": [{"quantity": "x"}]})
    with pytest.raises(Invalid) as unknown:
        enter(shop, me, orders, bad)
    with pytest.raises(Invalid) as refused:
        enter(shop, me, orders, one_line(stock, quantity="1001"))

    assert broken.value.status == 422
    assert set(broken.value.errors) == {"colour", "customer", "lines.0.quantity"}
    assert unknown.value.status == 409
    assert set(unknown.value.errors) == {"customer", "lines.0.product"}
    assert refused.value.status == 409
    assert refused.value.errors == {"lines.0.quantity": "Nobody buys that many."}


def test_a_line_without_product_is_missing_it(shop, me, stock, orders):
    with pytest.raises(Invalid) as refused:
        enter(shop, me, orders, {"customer": stock["ACME"], "lines": [{"quantity": "1"}]})

    assert refused.value.errors == {
        "lines.0.product": "This is needed.",
        "lines.0.price": "This is needed.",
    }


def test_who_saves_an_old_version_is_shown_both(shop, me, stock, orders):
    key, _answer = enter(shop, me, orders, one_line(stock))
    enter(shop, me, orders, {"note": "theirs", "version": 1}, key)

    with pytest.raises(StaleDocument) as stale:
        enter(shop, me, orders, {"note": "mine", "version": 1}, key)

    assert (stale.value.mine["note"], stale.value.theirs["note"]) == ("mine", "theirs")
    assert stale.value.version == 2


def test_a_confirmed_order_is_no_longer_edited_nor_deleted(shop, me, stock, orders):
    noun, sight = orders
    key, _answer = enter(shop, me, orders, one_line(stock))
    shop.run(me, lambda uow: steps.run_one(uow, noun, sight, "confirm", key))

    with pytest.raises(Refused, match="can no longer be edited"):
        enter(shop, me, orders, {"note": "late"}, key)
    with pytest.raises(Refused, match="can no longer be edited"):
        shop.run(
            me,
            lambda uow: documents.remove(uow, noun, sight, documents.load(uow, noun, sight, [key])),
        )


def test_a_deleted_order_takes_its_lines_with_it(shop, me, stock, orders):
    noun, sight = orders
    key, _answer = enter(shop, me, orders, one_line(stock))

    shop.run(
        me,
        lambda uow: documents.remove(uow, noun, sight, documents.load(uow, noun, sight, [key])),
    )

    with shop.read(me) as session:
        assert session.scalar(select(func.count()).select_from(OrderLine)) == 0
        assert session.scalar(select(func.count()).select_from(Order)) == 0


def test_a_copy_says_the_same_with_lines_of_its_own(shop, me, stock, orders):
    noun, sight = orders
    key, _answer = enter(shop, me, orders, one_line(stock, quantity="3", price="5"))

    copy = shop.run(me, lambda uow: documents.duplicate(uow, noun, sight, key).id)

    first, second = look(shop, me, orders, key), look(shop, me, orders, copy)
    assert second["total"] == first["total"] == D(15)
    assert second["lines"][0]["id"] != first["lines"][0]["id"]


def test_another_plugins_fields_are_entered_with_the_document(shop, me):
    noun = shop.nouns.get("shop.customers")
    customers = noun, noun.sight(EVERYTHING)
    new = {"code": "C1", "name": "One", "club": {"tier": "silver", "points": 5}}

    key, answer = enter(shop, me, customers, new)
    with pytest.raises(Invalid) as refused:
        enter(shop, me, customers, {"club": {"tier": "gold"}}, key)
    enter(shop, me, customers, {"club": {"tier": "gold", "points": 150}}, key)

    assert answer["club"] == {"tier": "silver", "points": 5}
    assert refused.value.errors == {"club.tier": "Gold begins at 100 points."}
    assert look(shop, me, customers, key)["club.tier"] == "gold"


def test_what_an_extension_names_wrongly_is_left_out_and_reported(shop):
    homeless, misspelt = (str(sentence) for _plugin, sentence in shop.nouns.reports)

    assert "Membership cannot extend Order" in homeless
    assert "“teir”" in misspelt
    assert "Did you mean “tier”?" in misspelt
    assert "club.teir" not in shop.nouns.get("shop.customers").fields


def test_a_hidden_field_exists_nowhere(shop, me, stock):
    noun = shop.nouns.get("shop.customers")
    seen = noun.sight(frozenset({"shop.customer.read", "shop.customer.write"}))

    assert "limit" not in seen.fields
    assert "limit" not in seen.patch.model_fields
    assert "limit" not in seen.output.model_fields
    assert "limit" not in look(shop, me, (noun, seen), stock["ACME"])
    with pytest.raises(Invalid) as refused:
        enter(shop, me, (noun, seen), {"limit": "5"}, stock["ACME"])
    assert refused.value.errors == {"limit": "There is no such field."}


def test_a_path_through_another_noun_needs_the_right_to_read_that_noun(shop):
    noun = shop.nouns.get("shop.orders")

    assert "customer.city" not in noun.sight(frozenset({"shop.order.read"})).fields
    both = frozenset({"shop.order.read", "shop.customer.read"})
    assert "customer.city" in noun.sight(both).fields


def test_record_rules_hide_documents_and_what_may_be_linked(shop, stock, orders):
    kiel = Actor(
        7, "kim", EVERYTHING, (1,), 1, rules={Customer: (lambda m, actor: m.city == "Kiel",)}
    )
    noun = shop.nouns.get("shop.customers")

    with pytest.raises(NotFound):
        look(shop, kiel, (noun, noun.sight(EVERYTHING)), stock["BOLT"])
    with pytest.raises(Invalid) as refused:
        enter(shop, kiel, orders, {"customer": stock["BOLT"]})
    with pytest.raises(Invalid):
        enter(shop, kiel, orders, {"customer": "BOLT"})
    enter(shop, kiel, orders, {"customer": "ACME"})

    assert refused.value.errors == {"customer": "Nothing here goes by that name."}


def test_without_the_right_nothing_is_entered(shop, me, stock):
    noun = shop.nouns.get("shop.orders")
    reader = noun.sight(frozenset({"shop.order.read"}))

    with pytest.raises(Forbidden):
        enter(shop, me, (noun, reader), one_line(stock))


def test_a_step_takes_the_whole_batch_and_each_alone_when_it_refuses(shop, me, stock, orders):
    noun, sight = orders
    prices = ["10", "900", "20"]
    keys = [enter(shop, me, orders, one_line(stock, price=p))[0] for p in prices]
    empty, _answer = enter(shop, me, orders, {"customer": stock["ACME"]})
    CALLS.clear()

    answers = shop.run(
        me, lambda uow: steps.run(uow, noun, sight, "confirm", [*keys, empty, 999999])
    )

    assert {key: str(text) for key, text in answers.items()} == {
        keys[0]: "",
        keys[1]: "Too expensive for this shop.",
        keys[2]: "",
        empty: "An order without lines binds nobody.",
        999999: "It is not there.",
    }
    assert [keys, [keys[0]], [keys[1]], [keys[2]]] == CALLS
    states = [look(shop, me, orders, key)["state"] for key in keys]
    assert states == ["confirmed", "draft", "confirmed"]
    assert look(shop, me, orders, keys[0])["number"].startswith("S-")


def test_a_step_without_a_verb_of_its_own_changes_the_state(shop, me, stock, orders):
    noun, sight = orders
    key, _answer = enter(shop, me, orders, one_line(stock))

    shop.run(me, lambda uow: steps.run_one(uow, noun, sight, "cancel", key))

    assert look(shop, me, orders, key)["state"] == "cancelled"


def test_only_steps_that_lead_on_from_here_are_offered(shop, me, stock, orders):
    noun, _all = orders
    clerk = noun.sight(frozenset({"shop.order.read", "shop.order.confirm"}))
    key, _answer = enter(shop, me, orders, {"customer": stock["ACME"]})

    with shop.read(me) as session:
        document = documents.get(session, noun, clerk, key)
        offers = [(step.name, str(why)) for step, why in steps.offered(noun, clerk, document)]

    assert offers == [("confirm", "An order without lines binds nobody.")]
