"""The home page: what waits, what was opened last, what is kept at hand."""

from __future__ import annotations

import pytest
from shop import Order
from sqlalchemy import select

from dougong.actors import Actor, Rights
from dougong.errors import Invalid, NotFound
from dougong.favourites.models import Favourite
from dougong.favourites.service import MOST as MOST_FAVOURITES
from dougong.favourites.service import keep_favourite
from dougong.visits.models import Visit
from dougong.visits.service import MOST
from dougong.visits.service import visit as open_one

HTMX = {"HX-Request": "true"}


@pytest.fixture
def ana():
    return Actor(7, "Ana", Rights({"*"}), (1,), 1)


def test_what_was_opened_stands_on_the_home_page_the_latest_first(visit, shop, stock, clock):
    client = visit()
    for at, address in (
        ("2026-03-01T10:00:00Z", f"shop.orders/{stock.order}"),
        ("2026-03-01T11:00:00Z", f"shop.customers/{stock.acme}"),
    ):
        clock.at(at)
        assert client.post(f"/core/visits/{address}", headers=HTMX).status_code == 204

    side = client.get("/waiting").text
    assert side.index("Acme Timber") < side.index(f"/shop/orders/{stock.order}")
    clock.at("2026-03-01T12:00:00Z")
    client.post(f"/core/visits/shop.orders/{stock.order}", headers=HTMX)
    side = client.get("/waiting").text
    assert side.index(f"/shop/orders/{stock.order}") < side.index("Acme Timber")
    # So does the palette begin, until something is typed.
    begun = client.get("/palette").text
    assert begun.index(f"/shop/orders/{stock.order}") < begun.index("Acme Timber")
    assert "Acme Timber" not in client.get("/palette?q=nothing").text
    # What somebody may no longer see is not told.
    assert "Acme" not in visit(Rights({"shop.order.read"})).get("/waiting").text


def test_only_so_many_documents_are_remembered(shop, stock, ana, clock):
    def many(uow):
        orders = [Order(customer_id=stock.acme) for _n in range(MOST + 3)]
        uow.add(*orders)
        return [order.id for order in orders]

    ids = shop.run(ana, many)
    for at, id in enumerate(ids):
        clock.at(f"2026-03-01T10:{at:02}:00Z")
        shop.run(ana, lambda uow, id=id: open_one(uow, shop.nouns.get("shop.orders"), id))
    with shop.read(ana) as session:
        kept = session.scalars(select(Visit.document_id).order_by(Visit.at)).all()
    assert kept == ids[-MOST:]


@pytest.mark.parametrize("at", ["shop.ghosts/1", "shop.orders/999999", "shop.orders/x"])
def test_what_is_not_there_is_not_remembered(visit, shop, stock, ana, at):
    assert visit().post(f"/core/visits/{at}", headers=HTMX).status_code == 404
    with shop.read(ana) as session:
        assert session.scalars(select(Visit)).all() == []


def test_a_document_that_is_not_ones_to_see_cannot_be_visited(shop, stock):
    other = Actor(8, "Ben", Rights({"shop.order.read"}), (2,), 2)
    with pytest.raises(NotFound):
        shop.run(other, lambda uow: open_one(uow, shop.nouns.get("shop.orders"), stock.order))


def test_a_page_is_kept_at_hand_and_let_go(visit, shop, stock, ana):
    client = visit()
    given = {"address": "/shop/orders?state=draft", "title": " My  drafts "}

    assert "Let this page go" in client.post("/core/favourites", data=given).text
    assert "My drafts" in client.get("/waiting").text
    assert "Keep this page" in client.get("/core/favourites?here=/shop/orders").text
    client.post("/core/favourites", data=given)
    with shop.read(ana) as session:
        assert session.scalars(select(Favourite)).all() == []


@pytest.mark.parametrize(
    ("address", "title"),
    [("https://elsewhere.example", "X"), ("//elsewhere.example", "X"), ("/\\elsewhere", "X"),
     ("", "X"), ("/shop/orders", ""), ("/" + "x" * 600, "X"), ("/shop\n/orders", "X")],
)  # fmt: skip
def test_only_pages_of_this_house_are_kept(visit, shop, stock, ana, address, title):
    answer = visit().post("/core/favourites", data={"address": address, "title": title})
    assert answer.status_code == 422
    with shop.read(ana) as session:
        assert session.scalars(select(Favourite)).all() == []


def test_nobody_keeps_more_pages_than_can_be_found_again(shop, ana):
    def many(uow):
        for n in range(MOST_FAVOURITES):
            keep_favourite(uow, f"/page/{n}", f"Page {n}")
            uow.flush()

    shop.run(ana, many)
    with pytest.raises(Exception, match="favourites already"):
        shop.run(ana, lambda uow: keep_favourite(uow, "/page/more", "More"))
    with pytest.raises(Invalid):
        shop.run(ana, lambda uow: keep_favourite(uow, "javascript:alert(1)", "X"))
