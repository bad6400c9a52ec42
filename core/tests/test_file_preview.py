"""Pages of a PDF file as pictures: what is shown, what is said where nothing can be, and to whom."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from sqlalchemy import select

from dougong.actors import EVERYTHING, Actor
from dougong.files import preview
from dougong.files.models import File
from dougong.files.preview import MOST_PAGES, NotShown, draw_page

pypdf = pytest.importorskip("pypdf", reason="pypdf is not installed")
pytest.importorskip("pypdfium2", reason="dougong-core[pdf] is not installed")
Image = pytest.importorskip("PIL.Image", reason="dougong-core[pdf] is not installed")


def paper(pages=3, password=None, size=(595, 842)):
    writer, held = pypdf.PdfWriter(), io.BytesIO()
    for _page in range(pages):
        writer.add_blank_page(*size)
    if password:
        writer.encrypt(password)
    writer.write(held)
    return held.getvalue()


def put(client, stock, content, name="plan.pdf"):
    data = {"file": [(io.BytesIO(content), name)]}
    address = f"/shop/orders/{stock.order}/files"
    assert client.post(address, data=data, content_type="multipart/form-data").status_code == 303


@pytest.fixture
def beside(visit, shop, me, stock):
    """Put a file beside the order; answers its address."""

    def put_beside(content, name="plan.pdf"):
        put(visit(), stock, content, name)
        with shop.read(me) as session:
            newest = session.scalars(select(File.id).order_by(File.id.desc())).first()
        return f"/shop/orders/{stock.order}/files/{newest}"

    return put_beside


@pytest.fixture(autouse=True)
def nothing_kept():
    preview._kept.clear()


# -- drawing ---------------------------------------------------------------------------------------


def test_a_page_is_drawn_as_wide_as_asked_and_tells_the_sizes_of_all():
    drawn = draw_page("three", paper, 2)
    small = draw_page("three", paper, 1, 144)

    assert Image.open(io.BytesIO(drawn.picture)).size == (1200, 1699)
    assert (drawn.pages, drawn.sizes) == (3, ((1200, 1699),) * 3)
    assert Image.open(io.BytesIO(small.picture)).width == 144


def test_a_page_is_drawn_once_and_its_content_asked_for_once():
    asked = []

    def content():
        asked.append(1)
        return paper()

    first, again = draw_page("once", content, 1), draw_page("once", content, 1)

    assert first is again
    assert asked == [1]


def test_what_was_asked_for_longest_ago_goes_first_when_there_is_no_more_room(monkeypatch):
    one = draw_page("a", paper, 1)
    monkeypatch.setattr(preview, "ROOM", 3 * (1024 + len(one.picture)) - 1)
    draw_page("b", paper, 1)
    draw_page("a", paper, 1)
    draw_page("c", paper, 1)

    assert [name[0] for name in preview._kept] == ["a", "c"]


def test_a_strip_as_long_as_a_street_is_drawn_small():
    drawn = draw_page("street", lambda: paper(1, size=(72, 14400)), 1)

    assert Image.open(io.BytesIO(drawn.picture)).size[1] <= 4000
    assert drawn.sizes[0][1] <= 4000


def test_a_book_tells_all_its_pages_and_shows_the_first():
    drawn = draw_page("book", lambda: paper(MOST_PAGES + 5), 1)

    assert drawn.pages == MOST_PAGES + 5
    assert len(drawn.sizes) == MOST_PAGES
    assert draw_page("book", lambda: paper(MOST_PAGES + 5), MOST_PAGES + 1).picture == b""


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7 and so on", "This file is damaged"),
        (paper()[:200], "This file is damaged"),
        (paper(password="oak"), "protected by a password"),
    ],
    ids=["damaged", "cut off", "locked"],
)
def test_what_cannot_be_shown_says_why(content, sentence):
    for _again in range(2):
        with pytest.raises(NotShown, match=sentence):
            draw_page("wrong", lambda: content, 1)


def test_a_file_that_never_ends_is_ended(monkeypatch, tmp_path):
    endless = tmp_path / "endless.py"
    endless.write_text("import time\ntime.sleep(60)")
    monkeypatch.setattr(preview, "PROGRAM", endless)
    monkeypatch.setattr(preview, "SECONDS", 0.2)

    with pytest.raises(NotShown, match="takes too long"):
        draw_page("endless", paper, 1)


def test_a_file_that_brings_the_drawing_down_does_not_bring_down_the_house(monkeypatch, tmp_path):
    falls = tmp_path / "falls.py"
    falls.write_text("import os\nos.abort()")
    monkeypatch.setattr(preview, "PROGRAM", falls)

    with pytest.raises(NotShown, match="cannot be drawn here"):
        draw_page("falls", paper, 1)


def test_the_drawing_sees_no_secret_of_the_house(monkeypatch, tmp_path):
    monkeypatch.setenv("DOUGONG_SECRET_KEY", "oak")
    curious = tmp_path / "curious.py"
    curious.write_text("import os, sys\nsys.exit(4 if 'DOUGONG_SECRET_KEY' in os.environ else 3)")
    monkeypatch.setattr(preview, "PROGRAM", curious)

    with pytest.raises(NotShown, match="password"):
        draw_page("curious", paper, 1)


def test_while_others_wait_too_long_one_is_told_to_come_again(monkeypatch):
    monkeypatch.setattr(preview, "SECONDS", 0.05)
    with preview._turn, pytest.raises(NotShown, match="Try again in a moment"):
        draw_page("late", paper, 1)

    assert not preview._kept


def test_without_the_libraries_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setattr(preview, "can_draw", lambda: False)

    with pytest.raises(NotShown, match="pypdfium2"):
        draw_page("missing", paper, 1)


def test_the_house_itself_never_loads_the_library_that_reads_files_of_others():
    program = (
        "import sys, dougong.files.preview as p\n"
        "try: p.draw_page('x', lambda: b'%PDF-', 1)\n"
        "except p.NotShown: pass\n"
        "sys.exit('pypdfium2' in sys.modules or 'PIL' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


# -- pages -----------------------------------------------------------------------------------------


def test_a_paper_is_looked_at_page_by_page_and_downloaded(visit, beside):
    address = beside(paper())
    client = visit()

    page = client.get(f"{address}/preview")
    picture = client.get(f"{address}/pages/3")

    assert page.status_code == 200
    assert page.text.count(f"{address}/pages/") == 3
    assert f'href="{address}"' in page.text
    assert "Page 1 of 3" in page.text
    assert picture.content_type == "image/webp"
    assert client.get(f"{address}/pages/4").status_code == 404
    assert client.get(f"{address}/pages/0").status_code == 404
    assert client.get(f"{address}/pages/{10**40}").status_code == 404
    assert f"{address}/pages/1?small=1" in client.get(address.rpartition("/")[0]).text


def test_a_damaged_paper_says_so_and_can_still_be_downloaded(visit, beside):
    address = beside(b"%PDF-1.7 and so on")
    client = visit()

    page = client.get(f"{address}/preview")

    assert page.status_code == 200
    assert "This file is damaged and cannot be shown." in page.text
    assert client.get(f"{address}/pages/1").status_code == 409
    assert client.get(f"{address}/pages/1?small=1").content_type == "image/gif"
    assert client.get(address).data == b"%PDF-1.7 and so on"


def test_what_is_no_paper_has_no_pages(visit, beside):
    address = beside(b"sums;1\n", "sums.csv")

    assert visit().get(f"{address}/preview").status_code == 404
    assert visit().get(f"{address}/pages/1").status_code == 404


@pytest.mark.parametrize("what", ["preview", "pages/1", "pages/1?small=1"])
def test_pages_have_the_rights_of_their_file(visit, stock, beside, what):
    address = beside(paper())
    assert visit().get(f"{address}/{what}").status_code == 200  # and so it is kept

    assert visit(frozenset({"shop.order.read"})).get(f"{address}/{what}").status_code == 200
    assert visit(frozenset({"shop.customer.read"})).get(f"{address}/{what}").status_code == 403
    elsewhere = address.replace(f"orders/{stock.order}", f"customers/{stock.acme}")
    assert visit().get(f"{elsewhere}/{what}").status_code == 404
    other = visit()
    other.application.config["ACT_AS"] = Actor(8, "Bo", EVERYTHING, (2,), 2)
    assert other.get(f"{address}/{what}").status_code == 404
