"""Many documents at once, and one field of one document where it stands in the list."""

from __future__ import annotations

import pytest
from shop import Customer, Order, Product
from sqlalchemy import select

JSON = {"Accept": "application/json"}


@pytest.fixture
def many(shop, me):
    """A hundred and thirty customers, two of them in Kiel."""

    def act(uow):
        rows = [
            Customer(code=f"K{n:03}", name=f"Customer {n:03}", city="Kiel" if n < 2 else None)
            for n in range(130)
        ]
        uow.add(*rows)
        return [row.id for row in rows]

    return shop.run(me, act)


def cities(shop, me):
    with shop.read(me) as session:
        return [city for city in session.scalars(select(Customer.city)) if city]


def test_all_that_a_list_finds_are_chosen_beyond_its_page(visit, many):
    found = visit().get("/shop/customers/keys?city=Kiel").json
    everything = visit().get("/shop/customers/keys?size=20").json

    assert sorted(found["keys"]) == sorted(many[:2])
    assert (len(everything["keys"]), everything["more"]) == (130, False)


def test_one_field_of_many_is_changed_with_an_answer_for_each(visit, shop, me, many):
    answer = visit().post(
        "/shop/customers/bulk",
        data={"id": [*many[:3], 999_999], "_do": "edit:city", "city": "Jena"},
        headers=JSON,
    )

    assert answer.json["done"] == 3
    assert [key for key, _title, _why in answer.json["failed"]] == [999_999]
    assert sorted(cities(shop, me)) == ["Jena", "Jena", "Jena"]


def test_what_may_no_longer_be_changed_stays_and_says_why(visit, shop, me, stock):
    client = visit()
    client.post(f"/shop/orders/{stock.order}/steps/confirm")

    answer = client.post(
        "/shop/orders/bulk", data={"id": stock.order, "_do": "edit:note", "note": "x"}, headers=JSON
    )

    assert answer.json["done"] == 0
    assert "can no longer be edited" in answer.json["failed"][0][2]


def test_a_value_that_cannot_be_read_changes_nothing(visit, shop, me, stock):
    form = {"id": stock.beam, "_do": "edit:price", "price": "dear"}

    assert visit().post("/shop/products/bulk", data=form).status_code == 409
    with shop.read(me) as session:
        assert session.get(Product, stock.beam).price == 10


def test_neither_an_identity_nor_a_hidden_field_can_be_changed_in_many(visit, many):
    for name in ("code", "limit", "nothing"):
        rights = frozenset({"shop.customer.read", "shop.customer.write"})
        client = visit(rights)
        form = {"id": many[:2], "_do": f"edit:{name}", name: "1"}
        assert client.post("/shop/customers/bulk", data=form).status_code == 404
        assert client.get(f"/shop/customers/bulk-edit?field={name}").status_code == 404


def test_many_are_changed_only_with_the_right_to_write(visit, many):
    reader = visit(frozenset({"shop.customer.read"}))

    assert reader.get("/shop/customers/bulk-edit").status_code == 403
    form = {"id": many[0], "_do": "edit:city", "city": "Jena"}
    assert reader.post("/shop/customers/bulk", data=form).status_code == 403


# -- one cell --------------------------------------------------------------------------------------


def test_a_cell_is_opened_changed_and_shown(visit, shop, me, stock):
    client = visit()
    address = f"/shop/customers/{stock.acme}/cell/city"

    opened = client.get(address).text
    assert 'value="London"' in opened
    assert client.post(address, data={"city": "Leeds", "version": "1"}).status_code == 204

    with shop.read(me) as session:
        assert session.get(Customer, stock.acme).city == "Leeds"


def test_a_cell_that_somebody_changed_meanwhile_is_refused(visit, shop, me, stock):
    client = visit()
    address = f"/shop/customers/{stock.acme}/cell/city"
    client.post(address, data={"city": "Leeds", "version": "1"})

    answer = client.post(address, data={"city": "Hull", "version": "1"})

    assert answer.status_code == 409
    with shop.read(me) as session:
        assert session.get(Customer, stock.acme).city == "Leeds"


def test_what_follows_from_a_cell_follows_as_in_the_form(visit, shop, me, stock):
    answer = visit().post(
        f"/shop/orders/{stock.order}/cell/customer", data={"customer.text": "Nobody"}
    )
    assert answer.status_code == 409
    assert "Nothing here goes by the name “Nobody”." in answer.text

    answer = visit().post(f"/shop/products/{stock.beam}/cell/price", data={"price": "-3"})
    assert answer.status_code == 422
    assert "At least 0" in answer.text


def test_a_cell_of_a_locked_document_does_not_open(visit, shop, me, stock):
    client = visit()
    client.post(f"/shop/orders/{stock.order}/steps/confirm")

    assert client.get(f"/shop/orders/{stock.order}/cell/ordered_on").status_code == 409
    assert client.get(f"/shop/orders/{stock.order}/cell/total").status_code == 404
    with shop.read(me) as session:
        assert session.get(Order, stock.order).state == "confirmed"


def test_a_cell_needs_the_right_to_write(visit, stock):
    reader = visit(frozenset({"shop.customer.read"}))

    assert reader.get(f"/shop/customers/{stock.acme}/cell/city").status_code == 403


def test_what_has_no_number_yet_is_named_by_what_it_is_about(visit, stock):
    dear = {"id": stock.order, "_do": "edit:note", "note": "not to them"}

    told = visit().post("/shop/orders/bulk", data=dear, headers=JSON).json
    page = visit().post("/shop/orders/bulk", data=dear).text

    ((_key, title, _why),) = told["failed"]
    assert title == "Mar 1, 2026"
    assert f"#{stock.order}" not in page
    assert "Mar 1, 2026" in page
