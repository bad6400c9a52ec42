"""What a link field offers, to whom, and what a form in a dialog answers."""

from __future__ import annotations

from shop import Customer

READING = frozenset({"shop.customer.read", "shop.product.read", "shop.order.read"})


def test_a_form_offers_to_create_what_is_not_there(visit, stock):
    page = visit().get("/shop/customers/options?q=Birch&list=o&make=1").text

    assert 'data-quick="/shop/customers/quick"' in page
    assert "/shop/customers/new?_inside=1&amp;name=Birch" in page


def test_a_filter_offers_only_what_is_there(visit, stock):
    page = visit().get("/shop/customers/options?q=Birch&list=o").text

    assert "data-quick" not in page
    assert "data-full" not in page
    assert "Nothing found" in page


def test_without_the_right_to_create_nothing_is_offered(visit, stock):
    reader = visit(READING)

    assert "data-full" not in reader.get("/shop/customers/options?q=Birch&list=o&make=1").text
    assert reader.get("/shop/customers/new?_inside=1").status_code == 403


def test_a_form_in_a_dialog_has_no_menu_and_may_stand_in_our_frame_only(visit, stock):
    browser = visit()
    inside = browser.get("/shop/customers/new?_inside=1&name=Birch")
    alone = browser.get("/shop/customers/new")

    assert 'name="_inside" value="1"' in inside.text
    assert 'class="rail"' not in inside.text
    assert "frame-ancestors 'self'" in inside.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in alone.headers["Content-Security-Policy"]


def test_what_was_saved_in_a_dialog_is_told_to_the_page_around_it(visit, stock):
    browser = visit()
    answer = browser.post(
        "/shop/customers/new", data={"code": "B1", "name": "Birch", "_inside": "1", "_was": "{}"}
    )
    told = browser.get(answer.headers["Location"])

    assert answer.status_code == 303
    assert 'data-text="Birch"' in told.text
    assert "data-made" in told.text
    assert "frame-ancestors 'self'" in told.headers["Content-Security-Policy"]


def test_what_is_wrong_in_a_dialog_is_said_in_it(visit, stock):
    answer = visit().post("/shop/customers/new", data={"name": "Birch", "_inside": "1"})

    assert answer.status_code == 422
    assert 'name="_inside" value="1"' in answer.text


def test_what_is_made_from_a_form_begins_as_the_form_says(visit, shop, me, stock):
    browser = visit()
    begin = "city%3DKiel%26nothing%3D1"
    page = browser.get(f"/shop/customers/options?q=Birch&list=o&make=1&begin={begin}").text
    assert 'data-quick="/shop/customers/quick?city=Kiel"' in page
    assert "name=Birch&amp;city=Kiel" in page

    made = browser.post("/shop/customers/quick?city=Kiel", data={"text": "Birch"}).json

    with shop.read(me) as session:
        assert session.get(Customer, made["id"]).city == "Kiel"
