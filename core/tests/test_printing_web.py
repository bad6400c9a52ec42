"""Papers in the browser, by API, and without the libraries that make them."""

from __future__ import annotations

import base64
import builtins
import dataclasses
import io
import struct
import zlib
from types import SimpleNamespace
from urllib.parse import quote

import pytest
from test_printing import counter, words_of  # noqa: F401 (a fixture)

from dougong.actors import Actor
from dougong.jobs.worker import Worker
from dougong.notes.models import Note  # noqa: F401 (its table is wanted)
from dougong.people.users.models import User
from dougong.printing.letterheads.models import Letterhead
from dougong.printing.letterheads.pictures import NoPicture, as_address, read_picture
from dougong.printing.printouts.models import Printout
from dougong.resources.models import SavedView  # noqa: F401
from dougong.web.app import create_app

pypdf = pytest.importorskip("pypdf")
pytest.importorskip("typst")


@pytest.fixture
def browser(shop, me):
    """A browser of somebody with these rights."""

    def make(*rights):
        actor = dataclasses.replace(me, rights=frozenset(rights)) if rights else me
        runtime = SimpleNamespace(house=shop, wiring=shop.wiring, nouns=shop.nouns, failed={})
        config = {"TESTING": True, "PROPAGATE_EXCEPTIONS": False, "ACT_AS": actor}
        return create_app(runtime, config).test_client()

    return make


def test_the_form_offers_its_papers(browser, counter):  # noqa: F811
    page = browser().get(f"/shop/orders/{counter['order']}").text

    assert f'href="/shop/orders/{counter["order"]}/prints/form"' in page
    assert f'href="/shop/orders/{counter["order"]}/prints/form?language=zh_Hans_CN"' in page
    assert 'data-print-chosen="/shop/orders/prints/form"' in browser().get("/shop/orders").text


def test_a_paper_opens_in_the_browser(browser, counter):  # noqa: F811
    answer = browser().get(f"/shop/orders/{counter['order']}/prints/form")

    assert answer.status_code == 200
    assert answer.content_type == "application/pdf"
    assert answer.headers["Content-Disposition"] == "inline; filename=form-S-1.pdf"
    assert "Order S-1" in words_of(answer.data)


def test_a_file_may_have_a_chinese_name(browser, counter):  # noqa: F811
    answer = browser().get(f"/shop/customers/{counter['customer']}/prints/form")

    said = answer.headers["Content-Disposition"]
    assert said.encode("latin-1")
    assert "filename=form-Anna.pdf" in said
    assert f"filename*=UTF-8''{quote('form-Anna-北京椅业.pdf')}" in said


def test_what_is_printed_is_what_the_reader_may_see(browser, counter):  # noqa: F811
    clerk = browser("shop.order.read", "shop.customer.read", "shop.product.read")

    assert "99.00" not in words_of(clerk.get(f"/shop/orders/{counter['order']}/prints/form").data)
    stranger = browser("shop.product.read")
    assert stranger.get(f"/shop/orders/{counter['order']}/prints/form").status_code == 403
    assert stranger.get(f"/api/v1/shop/orders/{counter['order']}/prints/form").status_code == 403


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/shop/orders/77777/prints/form", 404),
        ("/shop/orders/{order}/prints/banknote", 404),
        ("/shop/orders/{order}/prints/form?language=tlh", 422),
        ("/shop/orders/{order}/prints/form?colour=red", 422),
        ("/shop/orders/prints/form", 422),
        ("/shop/orders/none/prints/form", 404),
    ],
)
def test_a_wrong_address_is_told_in_a_sentence(browser, counter, address, status):  # noqa: F811
    assert browser().get(address.format(**counter)).status_code == status


def test_chosen_rows_are_printed_as_one_file(browser, counter):  # noqa: F811
    address = f"/shop/customers/prints/form?id={counter['customer']}"

    answer = browser().get(address)

    assert answer.content_type == "application/pdf"
    assert len(pypdf.PdfReader(io.BytesIO(answer.data)).pages) == 1
    assert browser().get(address + "&id=77777").status_code == 404


def test_the_api_lists_and_gives_papers(browser, counter):  # noqa: F811
    client, root = browser(), f"/api/v1/shop/orders/{counter['order']}/prints"

    listed = client.get(root).json["items"]
    assert [(p["name"], p["url"]) for p in listed] == [("form", f"{root}/form")]
    answer = client.get(f"{root}/form?language=zh_Hans_CN")
    assert answer.content_type == "application/pdf"
    assert "2026年" in words_of(answer.data)
    paths = client.get("/api/v1/openapi.json").json["paths"]
    said = paths["/api/v1/shop/orders/{id}/prints/{print}"]["get"]
    assert "application/pdf" in said["responses"]["200"]["content"]


def test_the_history_tells_who_printed_what(browser, counter):  # noqa: F811
    client, root = browser(), f"/shop/orders/{counter['order']}"
    client.get(f"{root}/prints/form")
    client.get(f"{root}/prints/form?language=zh_Hans_CN")

    page = client.get(f"{root}/history").text

    assert page.count("Printed") == 2
    assert "简体中文" in page


def test_without_the_libraries_a_sentence_says_what_to_install(browser, counter, monkeypatch):  # noqa: F811
    real = builtins.__import__

    def missing(name, *rest, **more):
        if name == "typst":
            raise ImportError(name)
        return real(name, *rest, **more)

    client = browser()
    monkeypatch.setattr(builtins, "__import__", missing)
    page = client.get(f"/shop/orders/{counter['order']}/prints/form")
    answer = client.get(f"/api/v1/shop/orders/{counter['order']}/prints/form")

    assert page.status_code == 409
    assert "dougong-core[pdf]" in page.text
    assert answer.status_code == 409
    assert "dougong-core[pdf]" in answer.json["detail"]


def png(wide=2, high=2) -> bytes:
    """A small picture."""

    def part(kind, body):
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    head = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"".join(b"\x00" + b"\x10\x20\x30" * wide for _row in range(high)))
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", head) + part(b"IDAT", rows) + part(b"IEND", b"")


@pytest.fixture
def office(make_runtime, me):
    """A browser of a house with nothing but the core."""
    runtime = make_runtime()
    app = create_app(runtime, {**runtime.config, "ACT_AS": me})
    return app.test_client()


def enter(office, **values):
    """Enter a letterhead by API."""
    head = {"Idempotency-Key": f"k{len(str(values))}"}
    return office.post("/api/v1/core/letterheads", json=values, headers=head)


def test_a_logo_is_kept_as_data_and_printed(office):
    made = enter(office, name="Dougong Ltd", logo=as_address(png()))

    assert made.status_code == 201, made.json
    content = office.get("/core/companies/1/prints/form").data
    page = pypdf.PdfReader(io.BytesIO(content)).pages[0]
    assert len(page.images) == 1
    assert "Dougong Ltd" in words_of(content)
    form = office.get(f"/core/letterheads/{made.json['id']}").text
    assert f'<img src="{as_address(png())}"' in form
    assert 'data-picture="logo"' in form


@pytest.mark.parametrize(
    "address",
    [
        "data:image/svg+xml;base64," + base64.b64encode(b"<svg/>").decode(),
        "data:image/png;base64," + base64.b64encode(b"GIF89a no picture at all, really").decode(),
        "https://example.org/logo.png",
        "data:image/png;base64," + base64.b64encode(png(5000, 1)).decode(),
        "data:image/png;base64," + base64.b64encode(png() + b"x" * 200_000).decode(),
    ],
    ids=["drawing", "not a picture", "elsewhere", "too wide", "too large"],
)
def test_what_is_no_small_picture_is_refused(office, address):
    with pytest.raises(NoPicture):
        read_picture(address)
    answer = enter(office, name="X", logo=address)
    assert answer.status_code == 422
    assert "logo" in answer.json["errors"]


def test_a_company_has_one_letterhead_a_language(shop, me):
    from dougong.errors import Refused

    with shop.work(me) as uow:
        uow.add(Letterhead(name="One"))
    with pytest.raises(Refused, match="already"), shop.work(me) as uow:
        uow.add(Letterhead(name="Two"))


# -- many at once ------------------------------------------------------------------------------------


@pytest.fixture
def crowd(make_runtime, me):
    """A house with sixty parties, and a browser of its administrator."""
    from dougong_base import Party

    runtime = make_runtime("base")
    with runtime.house.work(me) as uow:
        parties = [Party(code=f"P{n:03}", name=f"Party {n:03}") for n in range(60)]
        uow.add(*parties)
    app = create_app(runtime, {**runtime.config, "ACT_AS": me})
    return SimpleNamespace(
        runtime=runtime, client=app.test_client(), keys=[party.id for party in parties]
    )


def do_the_work(runtime):
    """A worker comes by."""
    Worker(runtime.house, runtime.wiring).work()


def test_many_papers_are_made_later_and_kept_for_whoever_asked(crowd):
    asked = crowd.client.post(
        "/api/v1/base/parties/prints/form",
        json={"ids": crowd.keys},
        headers={"Idempotency-Key": "many"},
    )

    assert asked.status_code == 202, asked.json
    (told,) = asked.json["items"]
    waiting = crowd.client.get(told["url"])
    assert (waiting.status_code, waiting.json["state"]) == (202, "waiting")
    do_the_work(crowd.runtime)
    ready = crowd.client.get(told["url"])
    assert ready.content_type == "application/pdf"
    assert len(pypdf.PdfReader(io.BytesIO(ready.data)).pages) == 60
    page = crowd.client.get("/core/printouts").text
    assert f'href="/core/printouts/{told["id"]}"' in page


def test_what_can_only_be_read_is_printed_in_many_all_the_same(crowd):
    rows = crowd.client.get("/api/v1/core/sessions").json["items"]

    answer = crowd.client.post("/api/v1/core/sessions/prints/form", json={"ids": []})

    assert rows == []
    assert answer.status_code == 409  # nothing to print, and not: this cannot be done here


def test_a_file_holds_only_so_many_papers(crowd, monkeypatch):
    monkeypatch.setattr("dougong.printing.printouts.service.PORTION", 40)

    crowd.client.post("/base/parties/prints", data={"paper": "form"})
    do_the_work(crowd.runtime)

    with crowd.runtime.house.read(Actor.system()) as session:
        found = session.query(Printout).order_by(Printout.id).all()
        pages = [len(pypdf.PdfReader(io.BytesIO(one.content)).pages) for one in found]
    assert pages == [40, 20]


def test_nobody_elses_printout_is_opened(crowd, me):
    with crowd.runtime.house.work(me) as uow:
        user = User(login="eve", name="Eve", language="en")
        uow.add(user)
        uow.flush()
        other = Printout(
            user_id=user.id, label="Payslips", papers=9, asked_at=uow.now, ready_at=uow.now,
            content=b"%PDF", filename="payslips.pdf",
        )  # fmt: skip
        uow.add(other)

    assert crowd.client.get(f"/core/printouts/{other.id}").status_code == 404
    assert crowd.client.get(f"/api/v1/core/printouts/{other.id}").status_code == 404
    assert "payslips.pdf" not in crowd.client.get("/core/printouts").text


def test_a_few_papers_come_at_once(crowd):
    few = crowd.client.post("/api/v1/base/parties/prints/form", json={"ids": crowd.keys[:3]})
    found = crowd.client.post(
        "/api/v1/base/parties/prints/form",
        json={"filter": {"field": "code", "op": "eq", "value": "P007"}, "language": "zh_Hans_CN"},
    )

    assert len(pypdf.PdfReader(io.BytesIO(few.data)).pages) == 3
    assert "Party 007" in words_of(found.data)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"ids": [1], "filter": {}}, 422),
        ({"ids": "all"}, 422),
        ({"ids": []}, 409),
        ({"ids": [1, 77777]}, 404),
        ({"ids": [1], "language": "tlh"}, 422),
    ],
)
def test_a_wrong_wish_is_told_in_a_sentence(crowd, body, status):
    if body.get("language"):
        body = {**body, "ids": crowd.keys[:1]}

    assert crowd.client.post("/api/v1/base/parties/prints/form", json=body).status_code == status


def test_a_list_prints_all_that_it_shows(crowd):
    page = crowd.client.get("/base/parties/prints?q=Party 00").text
    few = crowd.client.post("/base/parties/prints?q=Party 00", data={"paper": "form"})
    many = crowd.client.post("/base/parties/prints", data={"paper": "form"})

    assert "10 documents of the list are printed." in page
    assert len(pypdf.PdfReader(io.BytesIO(few.data)).pages) == 10
    assert many.status_code == 303
    assert many.location.endswith("/core/printouts")
    do_the_work(crowd.runtime)
    assert "is being made" not in crowd.client.get("/core/printouts").text


def test_what_cannot_be_printed_later_is_told_where_the_file_would_be(crowd, me):
    asked = crowd.client.post(
        "/api/v1/base/parties/prints/form",
        json={"ids": crowd.keys},
        headers={"Idempotency-Key": "gone"},
    )
    with crowd.runtime.house.work(me) as uow:
        from dougong_base import Party

        uow.remove(uow.get(Party, crowd.keys[0]))

    do_the_work(crowd.runtime)

    assert crowd.client.get(asked.json["items"][0]["url"]).status_code == 409
    assert "There is no Party" in crowd.client.get("/core/printouts").text
