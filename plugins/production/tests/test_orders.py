"""Production orders on their own: without a warehouse, at cost prices."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from dougong import Actor, Refused, StepNotAllowed
from dougong.web.app import create_app
from dougong_base import Product, add_working_days
from dougong_base.events import CostsArose, MaterialsUsed, ProductionFinished, ProductionReleased
from dougong_production.boms.models import Bom, BomLine
from dougong_production.orders.closing import cancel_orders, close_orders
from dougong_production.orders.costing import shares, worth
from dougong_production.orders.material import issue_material
from dougong_production.orders.models import ByProduct, Material, Order
from dougong_production.orders.output import finish_orders, scrap_goods
from dougong_production.orders.service import create_orders, release_orders, split_orders
from dougong_production.work_orders.models import TimeLog, WorkOrder
from dougong_production.work_orders.service import (
    complete_work,
    pause_work,
    report_quantity,
    start_work,
)

DAY = dt.date(2026, 3, 2)
D = Decimal


@pytest.fixture
def bench(shop):
    """A table of four legs and a top; an hour of the bench costs 60 and 30."""
    for code, cost in (("TABLE", "0"), ("TOP", "20"), ("LEG", "2.5"), ("DUST", "0.1")):
        shop.product(code, cost)
    centre = shop.centre("BENCH")
    shop.bom(
        "TABLE", ("TOP", "1"), ("LEG", "4"),
        operations=[(10, centre, "20", "4")], extras=[("DUST", "0.5", "10")],
    )  # fmt: skip
    return shop


def made(shop, quantity="10", code="TABLE", release=True, **facts):
    def act(uow):
        order = Order(product_id=shop.products[code], quantity=D(quantity), **facts)
        create_orders(uow, [order])
        if release:
            release_orders(uow, [order.id], on=DAY)
        return order.id

    return shop.run(act)


def order_of(shop, id):
    return shop.all(Order, id=id)[0]


def test_a_released_order_keeps_the_bill_it_was_released_with(bench):
    id = made(bench)
    lines = [(bench.codes([x.product_id])[0], x.quantity) for x in bench.all(Material)]
    assert lines == [("TOP", 10), ("LEG", 40)]
    (work,) = bench.all(WorkOrder)
    assert (work.planned_minutes, work.state) == (60, "ready")
    order = order_of(bench, id)
    assert (order.number[:3], order.state, order.planned_cost) == ("MO-", "released", 390)


def test_goods_taken_in_bring_material_and_time_with_them(bench):
    id = made(bench)
    bench.run(lambda uow: finish_orders(uow, [id], D(4), on=DAY))
    order = order_of(bench, id)
    # 4 × 30 of material; 20 minutes of set-up and 4 × 4 of work at 90 an hour.
    assert (order.state, order.material_cost) == ("started", 120)
    assert order.labour_cost + order.overhead_cost == 54
    assert order.received_cost == 174
    bench.run(lambda uow: finish_orders(uow, [id], on=DAY))
    order = order_of(bench, id)
    assert (order.state, order.finished, order.received_cost) == ("done", 10, 390)
    assert [x.received for x in bench.all(ByProduct)] == [5]
    bench.run(lambda uow: close_orders(uow, [id]))
    assert (order_of(bench, id).variance, order_of(bench, id).underway_cost) == (0, 0)


def test_without_a_warehouse_nothing_is_told_to_the_books(bench):
    id = made(bench)

    def act(uow):
        finish_orders(uow, [id], on=DAY)
        close_orders(uow, [id])
        return {type(event) for event in uow.published}

    assert bench.run(act) & {CostsArose, MaterialsUsed} == set()


def test_material_issued_by_hand_is_borne_by_all_goods_alike(bench):
    id = made(bench, backflush=False)
    bench.run(lambda uow: issue_material(uow, [id], on=DAY))
    bench.run(lambda uow: finish_orders(uow, [id], D(4), on=DAY))
    order = order_of(bench, id)
    assert (order.material_cost, order.received_cost) == (300, 120)
    with pytest.raises(Refused, match="all its material has been issued"):
        bench.run(lambda uow: issue_material(uow, [id]))


def test_unused_material_comes_back_but_never_more_than_was_issued(bench):
    id = made(bench, backflush=False)
    bench.run(lambda uow: issue_material(uow, [id], on=DAY))

    def back(quantity):
        def act(uow):
            (order,) = uow.load(Order, [id], Order.materials)
            order.materials[1].to_issue = D(quantity)
            uow.flush()
            issue_material(uow, [id])

        return act

    bench.run(back("-3"))
    assert [x.issued for x in bench.all(Material)] == [10, 37]
    assert order_of(bench, id).material_cost == D("292.5")
    with pytest.raises(Refused, match="only 37 of Leg were issued"):
        bench.run(back("-38"))


def test_scrapped_goods_never_arrive_and_the_good_ones_bear_their_cost(bench):
    id = made(bench)
    bench.run(lambda uow: scrap_goods(uow, [id], D(2), "split wood"))
    bench.run(lambda uow: finish_orders(uow, [id], on=DAY))
    order = order_of(bench, id)
    assert (order.finished, order.scrapped, order.state) == (8, 2, "done")
    assert order.received_cost == order.actual_cost == 390


def test_more_than_ordered_and_tolerated_is_refused_and_nothing_changes(bench):
    id = made(bench)
    with pytest.raises(Refused, match="11 cannot be taken in, at most 10 may still come"):
        bench.run(lambda uow: finish_orders(uow, [id], D(11)))
    for nothing in ("0", "-1"):
        with pytest.raises(Refused, match="greater than zero"):
            bench.run(lambda uow, n=nothing: finish_orders(uow, [id], D(n)))
    assert (order_of(bench, id).finished, order_of(bench, id).actual_cost) == (0, 0)


def test_an_order_without_material_is_not_released(shop):
    shop.product("STONE")
    with pytest.raises(Refused, match=r"has no material. Give Stone a bill of materials"):
        made(shop, code="STONE")
    with pytest.raises(Refused, match="greater than zero"):
        made(shop, "0", code="STONE")
    assert shop.all(Order) == []


def test_nothing_is_done_twice_and_nothing_after_closing(bench):
    id = made(bench)
    with pytest.raises(StepNotAllowed):
        bench.run(lambda uow: release_orders(uow, [id]))
    bench.run(lambda uow: close_orders(uow, [id]))
    for act in (finish_orders, issue_material):
        with pytest.raises(Refused, match="is Closed: nothing can be issued"):
            bench.run(lambda uow, act=act: act(uow, [id]))
    with pytest.raises(StepNotAllowed):
        bench.run(lambda uow: close_orders(uow, [id]))


def test_traced_material_needs_its_lot(bench):
    bench.product("GLUE", "1", tracking="lot")
    bench.product("CHAIR")
    bench.bom("CHAIR", ("GLUE", "1"))
    id = made(bench, code="CHAIR")
    with pytest.raises(Refused, match=r"Glue is traced. Say on its line which lot"):
        bench.run(lambda uow: finish_orders(uow, [id]))
    assert order_of(bench, id).state == "released"


def test_an_order_is_split_and_both_parts_make_the_whole(bench):
    id = made(bench, release=False)
    (part,) = bench.run(lambda uow: [o.id for o in split_orders(uow, [id], D(3))])
    assert [o.quantity for o in bench.all(Order)] == [7, 3]
    assert [x.quantity for x in bench.all(Material, order_id=part)] == [3, 12]
    assert [x.planned_minutes for x in bench.all(WorkOrder)] == [48, 32]
    with pytest.raises(Refused, match="split off less than that"):
        bench.run(lambda uow: split_orders(uow, [id], D(7)))


def test_an_order_on_which_something_was_spent_is_closed_not_cancelled(bench):
    spent, idle = made(bench), made(bench)
    bench.run(lambda uow: issue_material(uow, [spent]))
    with pytest.raises(Refused, match="has cost something already"):
        bench.run(lambda uow: cancel_orders(uow, [spent]))
    bench.run(lambda uow: cancel_orders(uow, [idle]))
    assert order_of(bench, idle).state == "cancelled"


def test_time_on_the_clock_becomes_labour_and_overhead(bench):
    id = made(bench)
    (work,) = bench.all(WorkOrder)

    def begin(uow):
        start_work(uow, [work.id])

    bench.run(begin)
    with pytest.raises(Refused, match=r"You work on|not possible now"):
        bench.run(begin)

    def half_an_hour_later(uow):
        uow.now += dt.timedelta(minutes=30)
        pause_work(uow, [work.id])

    bench.run(half_an_hour_later)
    (log,) = bench.all(TimeLog)
    assert log.minutes in (D(30), D("30.01"), D("30.02"))
    order = order_of(bench, id)
    assert (order.state, order.labour_cost) == ("started", log.labour)
    assert log.labour == pytest.approx(D(30), abs=D("0.05"))

    bench.run(lambda uow: report_quantity(uow, work.id, D(2), scrapped="material"))
    with pytest.raises(Refused, match="at most 8 are left"):
        bench.run(lambda uow: report_quantity(uow, work.id, D(9)))
    bench.run(lambda uow: complete_work(uow, [work.id]))
    (work,) = bench.all(WorkOrder)
    assert (work.state, work.done, work.scrapped) == ("done", 8, 2)
    with pytest.raises(Refused, match="not possible now"):
        bench.run(lambda uow: complete_work(uow, [work.id]))


def test_a_worker_cannot_close_orders_nor_see_their_cost(bench):
    from dougong import Forbidden
    from dougong.actors import Rights
    from dougong_production.making.wiring import ROLES

    rights = next(role.rights for role in ROLES if role.name == "production.worker")
    worker = Actor(None, "Wang", Rights(rights), (1,), 1)
    id = made(bench)
    with pytest.raises(Forbidden):
        bench.house.run(worker, lambda uow: close_orders(uow, [id]))
    assert "production.cost.read" not in worker.rights
    bench.house.run(worker, lambda uow: finish_orders(uow, [id], D(1), on=DAY))


def test_cost_so_far_goes_with_what_is_made_and_the_rest_with_the_last():
    # Three units: 10.00 of material for all three, nothing received yet.
    first = worth([(D(10), D(3))], D(0), D(1), D(3), "EUR")
    second = worth([(D(10), D(3))], first, D(2), D(3), "EUR")
    last = worth([(D(10), D(3))], first + second, D(3), D(3), "EUR")
    assert [first, second, last] == [D("3.33"), D("3.34"), D("3.33")]
    assert shares(D("10.00"), [D(20)], "EUR") == [8, 2]


def test_release_and_goods_are_told_to_the_warehouse(bench):
    def act(uow):
        order = Order(product_id=bench.products["TABLE"], quantity=D(2))
        create_orders(uow, [order])
        release_orders(uow, [order.id], on=DAY)
        finish_orders(uow, [order.id], on=DAY)
        return uow.published, order.id

    published, id = bench.run(act)
    (told,) = [e for e in published if isinstance(e, ProductionReleased)]
    assert (told.source, [x.quantity for x in told.lines]) == (("production.orders", id), [2, 8])
    (goods,) = [e for e in published if isinstance(e, ProductionFinished)]
    assert [(x.quantity, x.cost) for x in goods.lines] == [(2, D("91.80")), (1, D("10.20"))]


def test_what_is_made_and_taken_is_told_to_planners(bench):
    from dougong_base.ports import ProductionUnderway

    made(bench, starts_on=DAY, due_on=dt.date(2026, 3, 9))

    def ask(uow):
        found = uow.ask(ProductionUnderway).between(None, DAY, dt.date(2026, 4, 1))
        return [(*bench.codes([m.product_id]), m.on, m.quantity) for m in found]

    due = dt.date(2026, 3, 9)
    assert sorted(bench.run(ask)) == [
        ("DUST", due, 5), ("LEG", DAY, -40), ("TABLE", due, 10), ("TOP", DAY, -10),
    ]  # fmt: skip


def test_a_promise_counts_what_is_coming_then_how_long_making_takes(bench):
    from dougong_base.ports import DeliveryDates

    def ask(uow):
        table, leg = bench.products["TABLE"], bench.products["LEG"]
        (product,) = uow.load(Product, [leg])
        product.lead_days = 5
        uow.flush()
        days = uow.ask(DeliveryDates).earliest([(table, D(10)), (leg, D(1))])
        return uow.today, days[table], days[leg]

    today, table, leg = bench.run(ask)
    assert leg == today + dt.timedelta(days=5)
    assert table == add_working_days(None, leg, 1)
    arrival = today + dt.timedelta(days=2)
    made(bench, due_on=arrival)
    assert bench.run(ask)[1] == arrival


def report(shop, question, **asked):
    with shop.house.read(Actor.system()) as session:
        return [line.values for line in question.ask(session, Actor.system(), **asked)]


def test_reports_tell_cost_levels_shortage_and_load(bench):
    from dougong_production.reports.boms import COST, LEVELS, WHERE_USED
    from dougong_production.reports.orders import LOAD, ORDER_COSTS, SHORTAGES

    table, leg = bench.products["TABLE"], bench.products["LEG"]
    rolled = report(bench, COST, product=table, quantity=D(10), on=DAY)
    assert [(x["what"], x["cost"]) for x in rolled] == [
        ("Table", 390), ("Top", 200), ("Leg", 100), ("Step 10", 90),
    ]  # fmt: skip
    assert [x["quantity"] for x in report(bench, LEVELS, product=table, quantity=D(1), on=DAY)] == [
        1, 4,
    ]  # fmt: skip
    assert [x["bom"] for x in report(bench, WHERE_USED, product=leg, on=DAY)] == ["TABLE"]
    id = made(bench)
    assert [x["short"] for x in report(bench, SHORTAGES)] == [10, 40]
    (load,) = report(bench, LOAD)
    assert (load["hours"], load["days"]) == (1, D("0.12"))
    bench.run(lambda uow: finish_orders(uow, [id], on=DAY))
    (cost,) = report(bench, ORDER_COSTS)
    assert (cost["planned"], cost["received"], cost["work"]) == (390, 390, 0)


def test_the_checks_find_what_is_wrong_and_nothing_else(bench):
    from dougong_production.checks import CHECKS

    id = made(bench)
    bench.run(lambda uow: finish_orders(uow, [id], D(4), on=DAY))

    def found():
        with bench.house.read(Actor.system()) as session:
            return [str(sentence) for check in CHECKS for sentence in check.run(session)]

    assert found() == []

    def spoil(uow):
        (order,) = uow.load(Order, [id])
        order.labour_cost += 1
        uow.add(Bom(code="X", product_id=bench.products["TOP"], quantity=D(1), lines=[
            BomLine(product_id=bench.products["TABLE"], quantity=D(1))
        ]))  # fmt: skip

    bench.run(spoil)
    told = found()
    assert any("TABLE → TOP → TABLE" in sentence for sentence in told)
    assert any("says it has cost" in sentence for sentence in told)


def test_the_tablet_starts_reports_and_refuses_with_a_sentence(make_runtime, shop_in):
    runtime = make_runtime("base", "production")
    shop = shop_in(runtime.house)
    shop.product("BOX")
    shop.product("WOOD", "1")
    centre = shop.centre("SAW")
    shop.bom("BOX", ("WOOD", "1"), operations=[(10, centre, "0", "5")])
    made(shop, "3", code="BOX")
    (work,) = shop.all(WorkOrder)
    config = {**runtime.config, "ACT_AS": Actor.system(), "WTF_CSRF_ENABLED": False}
    client = create_app(runtime, config).test_client()

    assert "Box" in client.get(f"/production/floor?centre={centre}").text
    page = f"/production/floor/{work.id}"
    assert "Start" in client.get(page).text
    assert client.post(f"{page}/start").status_code == 303
    assert "Pause" in client.get(page).text
    assert client.post(f"{page}/done", data={"quantity": "2"}).status_code == 303
    answer = client.post(f"{page}/scrap", data={"quantity": "5", "reason": "machine"})
    assert answer.status_code == 409
    assert "at most 1" in answer.text
    assert client.post(f"{page}/scrap", data={"quantity": "many"}).status_code == 409
    assert client.post(f"{page}/complete").status_code == 303
    (work,) = shop.all(WorkOrder)
    assert (work.state, work.done) == ("done", 2)
    assert client.post(f"{page}/start").status_code == 409
    assert client.post(f"{page}/burn").status_code == 404


def test_an_order_is_entered_released_and_finished_through_the_api(make_runtime, shop_in):
    runtime = make_runtime("base", "production")
    shop = shop_in(runtime.house)
    box, wood = shop.product("BOX"), shop.product("WOOD", "1.5")
    shop.bom("BOX", ("WOOD", "2"))
    client = create_app(runtime, {**runtime.config, "ACT_AS": Actor.system()}).test_client()
    orders = "/api/v1/production/orders"

    answer = client.post(orders, json={"product": box, "quantity": "0"})
    assert answer.status_code in (409, 422)
    answer = client.post(orders, json={"product": box, "quantity": "4", "starts_on": "2026-03-02"})
    assert answer.status_code == 201, answer.text
    one = f"{orders}/{answer.json['id']}"
    assert client.post(f"{one}/release", json={}).status_code == 200
    order = client.get(one).json
    assert (order["state"], order["materials"][0]["product"]) == ("released", wood), order
    answer = client.post(f"{one}/finish", json={"quantity": "5"})
    assert answer.status_code == 409
    assert "at most 4 may still come" in answer.text
    assert client.post(f"{one}/finish", json={"quantity": "1"}).status_code == 200
    assert client.get(one).json["state"] == "started"
    assert client.post(f"{one}/finish", json={}).status_code == 200
    order = client.get(one).json
    assert (order["state"], D(order["received_cost"])) == ("done", 12)
    assert client.post(f"{one}/close", json={}).status_code == 200
    answer = client.post(f"{one}/close", json={})
    assert answer.status_code == 409
    assert "is Closed" in answer.text
