"""Bills of materials: versions, circles, explosion over all levels."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dougong import Actor, Refused
from dougong.web.app import create_app
from dougong_production.boms.models import Bom
from dougong_production.boms.structure import structure_of
from dougong_production.orders.models import Material, Order
from dougong_production.orders.service import create_orders
from dougong_production.plan_runs.bills import usages

DAY = dt.date(2026, 3, 2)
D = Decimal


def parts(shop, code, quantity="1", on=DAY):
    """(level, code, quantity) of everything below a product."""

    def act(session):
        structure = structure_of(session, 1, [shop.products[code]], on)
        return [
            (part.level, *shop.codes([part.product_id]), part.quantity)
            for part in structure.exploded(shop.products[code], D(quantity))
        ]

    return shop.read(act)


def direct(shop, code, quantity="1", free=None):
    """(code, quantity) of what making it takes from the shelves."""

    def act(session):
        structure = structure_of(session, 1, [shop.products[code]], DAY)
        bom = structure.bom_of(shop.products[code])
        found = structure.direct(bom, D(quantity), free)
        return [(*shop.codes([part.product_id]), part.quantity) for part in found]

    return shop.read(act)


@pytest.fixture
def desk(shop):
    for code in ("DESK", "TOP", "LEG", "OAK", "SCREW"):
        shop.product(code)
    shop.bom("TOP", ("OAK", "2", {"scrap": D(5)}))
    shop.bom("DESK", ("TOP", "1"), ("LEG", "4"), ("SCREW", "16"))
    return shop


def test_a_bill_is_exploded_over_all_levels_with_scrap(desk):
    assert parts(desk, "DESK", "10") == [
        (1, "TOP", 10),
        (2, "OAK", D("21")),
        (1, "LEG", 40),
        (1, "SCREW", 160),
    ]


def test_quantities_are_for_what_the_bill_makes(shop):
    shop.product("GLUE")
    shop.product("POWDER")
    shop.bom("GLUE", ("POWDER", "3"), makes="20")
    assert parts(shop, "GLUE", "10") == [(1, "POWDER", D("1.5"))]


def test_a_phantom_is_passed_through_and_its_work_comes_first(shop):
    for code in ("BIKE", "WHEELSET", "WHEEL"):
        shop.product(code)
    bench = shop.centre("BENCH")
    shop.bom("WHEELSET", ("WHEEL", "2"), operations=[(10, bench, "5", "1")])
    shop.bom("BIKE", ("WHEELSET", "1", {"phantom": True}), operations=[(10, bench, "0", "9")])
    assert direct(shop, "BIKE", "3") == [("WHEEL", 6)]

    def work(session):
        structure = structure_of(session, 1, [shop.products["BIKE"]], DAY)
        found = structure.work(structure.bom_of(shop.products["BIKE"]), D(3))
        return [(operation.run_minutes, quantity) for operation, quantity in found]

    assert shop.read(work) == [(1, 3), (9, 3)]


def test_of_alternatives_the_first_there_is_enough_of_is_taken(shop):
    for code in ("SHELF", "PINE", "BIRCH"):
        shop.product(code)
    shop.bom(
        "SHELF",
        ("PINE", "2", {"group": "wood", "priority": 1}),
        ("BIRCH", "3", {"group": "wood", "priority": 2}),
    )
    pine, birch = shop.products["PINE"], shop.products["BIRCH"]
    assert direct(shop, "SHELF", "2") == [("PINE", 4)]
    assert direct(shop, "SHELF", "2", {pine: D(3), birch: D(6)}) == [("BIRCH", 6)]
    assert direct(shop, "SHELF", "2", {pine: D(3), birch: D(5)}) == [("PINE", 4)]


def test_a_product_made_of_itself_is_refused_with_the_way_named(desk):
    with pytest.raises(Refused, match="OAK → DESK → TOP → OAK"):
        desk.bom("OAK", ("DESK", "1"))
    with pytest.raises(Refused, match="LEG → LEG"):
        desk.bom("LEG", ("LEG", "1"))
    assert [bom.code for bom in desk.all(Bom)] == ["TOP", "DESK"]


@pytest.fixture
def shirts(shop):
    """Red and blue shirts by one bill: cloth and a label for all, dye by colour."""
    for code in ("RED", "BLUE", "CLOTH", "LABEL", "DYE-R", "DYE-B"):
        shop.product(code)
    shop.bom(
        "RED",
        ("CLOTH", "2"),
        ("DYE-R", "0.1", {"only_id": shop.products["RED"]}),
        ("DYE-B", "0.2", {"only_id": shop.products["BLUE"]}),
        ("LABEL", "1"),
        variants=["BLUE"],
    )
    return shop


def test_variants_share_a_bill_but_for_the_lines_that_are_only_for_one(shirts):
    assert parts(shirts, "RED", "10") == [(1, "CLOTH", 20), (1, "DYE-R", 1), (1, "LABEL", 10)]
    assert parts(shirts, "BLUE", "10") == [(1, "CLOTH", 20), (1, "DYE-B", 2), (1, "LABEL", 10)]

    def order(uow):
        made = Order(product_id=shirts.products["BLUE"], quantity=D(5))
        create_orders(uow, [made])
        return made.id

    key = shirts.run(order)
    taken = [(m.product_id, m.quantity) for m in shirts.all(Material, order_id=key)]
    assert [(shirts.codes([id])[0], q) for id, q in taken] == [
        ("CLOTH", 10), ("DYE-B", 1), ("LABEL", 5)
    ]  # fmt: skip


def test_planning_takes_for_each_variant_its_own_lines(shirts):
    found = shirts.read(lambda session: usages(session, 1, DAY))
    per = {
        tuple(shirts.codes([parent, child])): round(one, 6)
        for parent, child, one in zip(found.parents, found.children, found.per, strict=True)
    }
    assert per == {
        ("RED", "CLOTH"): 2, ("RED", "DYE-R"): 0.1, ("RED", "LABEL"): 1,
        ("BLUE", "CLOTH"): 2, ("BLUE", "DYE-B"): 0.2, ("BLUE", "LABEL"): 1,
    }  # fmt: skip


def test_a_variant_is_made_by_one_bill_and_never_of_itself(shirts):
    with pytest.raises(Refused, match="RED is in force on some of these days"):
        shirts.bom("BLUE", ("CLOTH", "1"), named="BLUE-1")
    with pytest.raises(Refused, match="DYE-B → BLUE → DYE-B"):
        shirts.bom("DYE-B", ("BLUE", "1"))
    shirts.product("GREEN")
    with pytest.raises(Refused, match="Choose one of the products that the bill makes"):
        shirts.bom("GREEN", ("DYE-R", "1", {"only_id": shirts.products["RED"]}))
    # Red dye is for red shirts alone: blue ones may go into it.
    shirts.bom("DYE-R", ("BLUE", "1"))


def test_only_one_version_is_in_force_on_a_day(desk):
    desk.bom("LEG", ("OAK", "1"), named="LEG-1", valid_to=dt.date(2026, 6, 30))
    with pytest.raises(Refused, match="LEG-1 is in force on some of these days"):
        desk.bom("LEG", ("SCREW", "1"), named="LEG-2", valid_from=dt.date(2026, 6, 30))
    desk.bom("LEG", ("SCREW", "1"), named="LEG-2", valid_from=dt.date(2026, 7, 1))
    assert parts(desk, "LEG", on=dt.date(2026, 6, 30)) == [(1, "OAK", 1)]
    assert parts(desk, "LEG", on=dt.date(2026, 7, 1)) == [(1, "SCREW", 1)]


@pytest.fixture
def client(make_runtime):
    runtime = make_runtime("base", "production")
    app = create_app(runtime, {**runtime.config, "ACT_AS": Actor.system()})
    return app.test_client()


def entered(client, path, **values):
    return client.post(f"/api/v1/{path}", json=values)


def test_a_bill_is_entered_through_the_api_and_bad_ones_are_refused(client):
    unit = client.get("/api/v1/base/units").json["items"][0]["id"]
    box, lid = (
        entered(client, "base/products", code=code, name=code, unit=unit).json["id"]
        for code in ("BOX", "LID")
    )
    line = {"product": lid, "quantity": "1"}
    answer = entered(client, "production/boms", product=box, code="BOX", lines=[line])
    assert answer.status_code == 201, answer.text

    answer = entered(client, "production/boms", product=box, code="B2", lines=[line])
    assert answer.status_code == 409
    assert "BOX is in force on some of these days" in answer.json["errors"]["valid_from"]

    back = {"product": box, "quantity": "1"}
    answer = entered(client, "production/boms", product=lid, code="LID", lines=[back])
    assert answer.status_code == 409
    assert "LID → BOX → LID" in answer.json["errors"]["lines"]

    answer = entered(
        client, "production/boms", product=lid, code="LID", lines=[{**line, "quantity": "0"}]
    )
    assert answer.status_code in (409, 422)
    assert "lines.0.quantity" in answer.json["errors"]
    answer = entered(client, "production/work_centres", code="W", name="W", capacity=0)
    assert answer.status_code in (409, 422)
    assert list(answer.json["errors"]) == ["capacity"]
