"""What was done with many documents is undone by a press, unless somebody has changed them since."""

from __future__ import annotations

import json
import re

import pytest
from shop import Customer, Product
from sqlalchemy import select

JSON = {"Accept": "application/json"}


@pytest.fixture
def many(shop, me):
    """A hundred and thirty customers, two of them in Kiel."""

    def act(uow):
        rows = [Customer(code=f"K{n:03}", name=f"Customer {n:03}", city="Kiel" if n < 2 else None)
                for n in range(130)]  # fmt: skip
        uow.add(*rows)
        return [row.id for row in rows]

    return shop.run(me, act)


def pressed(answer):
    """What the button in the answer sends."""
    fields = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', answer.text)
    form: dict[str, list[str]] = {}
    for name, value in fields:
        form.setdefault(name, []).append(value.replace("&#34;", '"').replace("&quot;", '"'))
    return form


def cities(shop, me, ids):
    with shop.read(me) as session:
        found = {one.id: one.city for one in session.scalars(select(Customer))}
    return [found[id] for id in ids]


def test_a_changed_field_has_its_old_values_again(visit, shop, me, many):
    client = visit()
    form = {"id": many[:3], "_do": "edit:city", "city": "Jena"}
    answer = client.post("/shop/customers/bulk", data=form)
    assert cities(shop, me, many[:3]) == ["Jena"] * 3

    back = client.post("/shop/customers/bulk", data=pressed(answer))

    assert cities(shop, me, many[:3]) == ["Kiel", "Kiel", None]
    assert "3 done" in back.text
    assert 'name="_do"' not in back.text


def test_what_was_changed_since_stays_as_it_is(visit, shop, me, many):
    client = visit()
    form = {"id": many[:2], "_do": "edit:city", "city": "Jena"}
    undo = pressed(client.post("/shop/customers/bulk", data=form))
    client.post(f"/shop/customers/{many[0]}/cell/city", data={"city": "Ulm"})

    told = client.post("/shop/customers/bulk", data=undo, headers=JSON).json

    assert cities(shop, me, many[:2]) == ["Ulm", "Kiel"]
    assert [key for key, _title, _why in told["failed"]] == [many[0]]


@pytest.mark.parametrize(
    "was", ["", "[]", "{", '{"%s": "Kiel"}', '{"%s": ["1", "Kiel"]}', '{"%s": [1, 5]}']
)
def test_a_broken_undo_changes_nothing_and_says_so(visit, shop, me, many, was):
    text = was % many[5] if "%s" in was else was
    form = {"id": many[5], "_do": "undo:city", "_was": text}

    told = visit().post("/shop/customers/bulk", data=form, headers=JSON).json

    assert told["done"] == 0
    assert "is not known" in told["failed"][0][2]
    assert cities(shop, me, [many[5]]) == [None]


def test_undoing_asks_for_the_right_to_change(visit, many):
    reader = visit(frozenset({"shop.customer.read"}))
    form = {"id": many[0], "_do": "undo:city", "_was": json.dumps({many[0]: [1, "Bonn"]})}

    assert reader.post("/shop/customers/bulk", data=form).status_code in (403, 404)


def test_what_was_put_away_comes_back_by_a_press(visit, shop, me, stock):
    client = visit()
    form = {
        "code": "BEAM",
        "name": "Beam",
        "price": "10",
        "active": "0",
        "version": "1",
        "_was": "{}",
    }
    answer = client.post(f"/shop/products/{stock.beam}", data=form)
    page = client.get(answer.location).text
    assert "Put away" in page

    version = re.search(r'name="version" value="(\d+)"', page)[1]
    client.post(f"/shop/products/{stock.beam}", data=form | {"version": version, "_unarchive": "1"})

    with shop.read(me) as session:
        assert session.get(Product, stock.beam).active
