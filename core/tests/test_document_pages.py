"""What is done to a document: steps, cards, history, trail, notes."""

from __future__ import annotations

import re
from decimal import Decimal

from reading_pages import count
from shop import Order, OrderLine

# -- what is done to documents ---------------------------------------------------------------------


def test_a_step_is_taken_at_the_date_that_was_asked_for(visit, shop, me, stock):
    answer = visit().post(f"/shop/orders/{stock.order}/steps/confirm", data={"on": "2025-12-31"})

    assert answer.status_code == 303
    with shop.read(me) as session:
        assert session.get(Order, stock.order).number == "S-2025-00001"


def test_a_step_nobody_declared_and_a_step_without_its_right_are_refused(visit, stock):
    assert visit().post(f"/shop/orders/{stock.order}/steps/explode").status_code == 404
    reader = visit(frozenset({"shop.order.read"}))
    assert reader.post(f"/shop/orders/{stock.order}/steps/confirm").status_code == 403


def test_a_bulk_step_answers_for_each(visit, shop, me, stock):
    def second(uow):
        order = Order(customer_id=stock.acme, total=Decimal(0))
        order.lines = []
        uow.add(order)
        return order.id

    empty = shop.run(me, second)

    page = (
        visit()
        .post("/shop/orders/bulk", data={"id": [stock.order, empty], "_do": "step:confirm"})
        .text
    )

    assert "1 done" in page
    assert "An order without lines binds nobody." in page


def test_what_others_need_is_not_deleted(visit, shop, me, stock):
    client = visit()

    page = client.post("/shop/customers/bulk", data={"id": [stock.acme], "_do": "delete"}).text
    client.post(f"/shop/orders/{stock.order}/delete")

    assert "0 done" in page
    assert count(shop, me, Order) == 0
    assert count(shop, me, OrderLine) == 0


def test_a_card_moves_along_a_step_or_not_at_all(visit, shop, me, stock):
    client = visit()

    assert (
        client.post(f"/shop/orders/{stock.order}/move", data={"lane": "nowhere"}).status_code == 409
    )
    assert (
        client.post(f"/shop/orders/{stock.order}/move", data={"lane": "cancelled"}).status_code
        == 204
    )
    with shop.read(me) as session:
        assert session.get(Order, stock.order).state == "cancelled"


def test_the_history_tells_who_changed_what_in_the_words_of_the_form(visit, shop, me, stock):
    def change(uow):
        order = uow.get(Order, stock.order, Order.lines)
        order.note = "call first"
        order.lines[0].product_id = stock.beam

    shop.run(me, change)

    page = visit().get(f"/shop/orders/{stock.order}/history").text

    assert "call first" in page
    assert "system" in page
    assert "Tenon set" in page
    assert "Oak beam" in page


def test_the_trail_leads_from_document_to_document(visit, shop, me, stock):
    def link(uow):
        other = Order(customer_id=stock.acme, total=Decimal(0))
        other.lines = []
        uow.add(other)
        uow.link(uow.get(Order, stock.order), other, "copy")
        return other.id

    other = shop.run(me, link)

    assert f'href="/shop/orders/{other}"' in visit().get(f"/shop/orders/{stock.order}/trail").text


def _lead(shop, me, stock, times):
    """Orders that came of the one in stock."""

    def link(uow):
        others = [Order(customer_id=stock.acme, total=Decimal(0)) for _time in range(times)]
        for other in others:
            other.lines = []
        uow.add(*others)
        for other in others:
            uow.link(uow.get(Order, stock.order), other, "copy")
        return [other.id for other in others]

    return shop.run(me, link)


def test_the_only_related_document_is_one_press_away_both_ways(visit, shop, me, stock):
    (other,) = _lead(shop, me, stock, 1)
    client = visit()

    there = f'class="related-kind" href="/shop/orders/{other}"'
    assert there in client.get(f"/shop/orders/{stock.order}").text
    back = f'class="related-kind" href="/shop/orders/{stock.order}"'
    assert back in client.get(f"/shop/orders/{other}").text


def test_several_related_documents_are_listed_without_the_others(visit, shop, me, stock):
    others = _lead(shop, me, stock, 2)
    client = visit()

    address = f"/shop/orders?related=shop.orders.{stock.order}"
    assert f'href="{address}"' in client.get(f"/shop/orders/{stock.order}").text
    page = client.get(address).text

    assert all(f'href="/shop/orders/{other}"' in page for other in others)
    assert f'href="/shop/orders/{stock.order}" class="fw-medium"' not in page
    assert "2 records" in page
    assert client.get("/shop/orders?related=nonsense").status_code == 422


# -- notes -----------------------------------------------------------------------------------------


def test_a_note_is_written_read_counted_and_taken_back(visit, stock):
    client, at = visit(), f"/shop/orders/{stock.order}"

    answer = client.post(f"{at}/notes", data={"text": "They call <b>back</b>."})
    page = client.get(f"{at}/notes").text

    assert answer.location == f"{at}/notes"
    assert "They call &lt;b&gt;back&lt;/b&gt;." in page
    assert "<strong>Ana</strong>" in page
    assert '<span class="tab-count">1</span>' in client.get(at).text

    note = re.search(r"/notes/(\d+)/take-back", page)[1]
    client.post(f"{at}/notes/{note}/take-back")
    assert "Nobody has written a note yet." in client.get(f"{at}/notes").text


def test_an_empty_note_is_refused_where_it_was_written(visit, stock):
    answer = visit().post(f"/shop/orders/{stock.order}/notes", data={"text": "  "})

    assert answer.status_code == 422
    assert "Write something first." in answer.text


def test_notes_need_the_right_to_see_the_document(visit, stock):
    assert visit(frozenset()).get(f"/shop/orders/{stock.order}/notes").status_code == 403
