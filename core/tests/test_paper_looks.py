"""A company arranges its papers: own words, another size, which comes first; and goes back."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import select
from test_printing import counter, paper, words_of  # noqa: F401 (a fixture)
from test_printing_web import browser  # noqa: F401 (a fixture)

from dougong.audit.models import AuditEntry
from dougong.printing.looks.models import PaperLook

pypdf = pytest.importorskip("pypdf")
pytest.importorskip("typst")

FORM = "/core/papers/shop/orders/form"


def printed(shop, me, counter, said="en"):  # noqa: F811
    made = paper(shop, me, "shop.orders", counter["order"], said=said)
    return words_of(made.content), pypdf.PdfReader(io.BytesIO(made.content)).pages[0].mediabox


def test_own_words_stand_on_the_paper_and_never_become_a_program(browser, shop, me, counter):  # noqa: F811
    saved = browser().post(
        FORM,
        data={
            "title": "Ticket {number} #eval(1)",
            "opening": "Dear {customer},",
            "closing": "Thanks for {total}",
            "words": "Note = Remark\nCustomer = Guest",
        },
    )

    assert saved.status_code == 303
    words, _box = printed(shop, me, counter)
    assert "Ticket S-1 #eval(1)" in words
    assert "Dear Anna 北京椅业," in words
    assert "Thanks for 1,234,567.50" in words
    assert "Remark" in words
    assert "Guest" in words


def test_each_language_may_have_words_of_its_own(browser, shop, me, counter):  # noqa: F811
    browser().post(FORM, data={"opening": "Hello", "closing": "Bye"})
    browser().post(f"{FORM}?language=zh_Hans_CN", data={"opening": "您好"})

    assert "Hello" in printed(shop, me, counter)[0]
    words = printed(shop, me, counter, "zh_Hans_CN")[0]
    assert "您好" in words
    assert "Bye" in words
    assert "Hello" not in words


def test_size_margins_and_letterhead_are_chosen(browser, shop, me, counter):  # noqa: F811
    browser().post(
        FORM,
        data={"size": "Letter", "margin-top": "30", "margin-left": "35", "letters": "11,5", "nohead": "1"},
    )  # fmt: skip

    words, box = printed(shop, me, counter)
    assert (round(box.width), round(box.height)) == (612, 791)
    assert "MAIN" not in words


def test_going_back_to_a_version_and_to_the_shipped_paper(browser, shop, me, counter):  # noqa: F811
    visitor = browser()
    visitor.post(FORM, data={"opening": "First"})
    visitor.post(FORM, data={"opening": "Second"})
    with shop.read(me) as session:
        first = session.scalars(select(PaperLook.id).order_by(PaperLook.id)).first()

    assert visitor.post(f"{FORM}/versions", data={"version": first}).status_code == 303
    assert "First" in printed(shop, me, counter)[0]
    assert visitor.post(f"{FORM}/reset").status_code == 303
    words = printed(shop, me, counter)[0]
    assert "First" not in words
    assert visitor.post(f"{FORM}/reset").status_code == 409
    assert visitor.post(f"{FORM}/versions", data={"version": "77"}).status_code == 404
    with shop.read(me) as session:
        told = session.scalars(select(AuditEntry).where(AuditEntry.document == "core.papers")).all()
        assert len(told) == 4


def test_a_preview_shows_a_real_document_and_changes_nothing(browser, shop, me, counter):  # noqa: F811
    visitor = browser()
    looked = visitor.post(FORM, data={"opening": "Try me", "look": "1"})
    assert "data:image/png;base64," in looked.text
    assert "S-1" in looked.text
    file = visitor.post(FORM, data={"opening": "Try me", "file": "1"})
    assert file.content_type == "application/pdf"
    assert "Try me" in words_of(file.data)

    assert "Try me" not in printed(shop, me, counter)[0]
    empty = visitor.post("/core/papers/club/levels/form", data={"look": "1"})
    assert empty.status_code in (404, 409)


def test_a_paper_may_come_first_or_not_at_all(browser, shop, counter):  # noqa: F811
    visitor = browser()
    visitor.post(FORM, data={"hidden": "1"})

    page = visitor.get(f"/shop/orders/{counter['order']}").text
    assert "/prints/form" not in page
    listed = visitor.get(f"/api/v1/shop/orders/{counter['order']}/prints").get_json()
    assert "form" not in [p["name"] for p in listed["items"]]


@pytest.mark.parametrize(
    ("form", "field", "words"),
    [
        ({"title": "{nothing}"}, "title", "no field {nothing}"),
        ({"opening": "Dear {customer"}, "opening", "A brace is open"),
        ({"closing": "x" * 5000}, "closing", "At most 4000"),
        ({"words": "Note"}, "words", "Line 1"),
        ({"words": "A = B\nC ="}, "words", "Line 2"),
        ({"size": "A9"}, "size", "Choose one of"),
        ({"margin-top": "-1"}, "margin-top", "0 to 60"),
        ({"margin-left": "wide"}, "margin-left", "0 to 60"),
        ({"letters": "90"}, "letters", "6 to 14"),
        ({"letters": "NaN"}, "letters", "6 to 14"),
        ({"first": "1", "hidden": "1"}, "hidden", "cannot be hidden"),
    ],
)  # fmt: skip
def test_what_would_break_a_paper_is_told_at_its_field(browser, shop, me, form, field, words):  # noqa: F811
    told = browser().post(FORM, data=form)

    assert told.status_code == 422
    assert f'id="wrong-{field}"' in told.text
    assert words in told.text
    with shop.read(me) as session:
        assert session.scalars(select(PaperLook)).all() == []


def test_who_may_look_may_not_change(browser):  # noqa: F811
    reader = browser("core.paper.read")
    assert reader.get("/core/papers").status_code == 200
    assert reader.get(FORM).status_code == 200
    assert reader.post(FORM, data={}).status_code == 403
    assert browser("core.view.share").get("/core/papers").status_code == 403
    assert browser().get("/core/papers/shop/orders/nothing").status_code == 404
    assert browser().get(f"{FORM}?language=xx").status_code == 422


def test_a_field_that_is_gone_leaves_the_paper_whole(shop, me, counter):  # noqa: F811
    def keep(uow):
        uow.add(PaperLook(paper="shop.orders/form", language="any", by="x", at=uow.now,
                          said={"opening": "Of {gone.field} once"}))  # fmt: skip

    shop.run(me, keep)

    assert "Of once" in printed(shop, me, counter)[0]
