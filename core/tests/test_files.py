"""Files beside a document: what is taken, who has them, and that a browser runs nothing in them."""

from __future__ import annotations

import io
import zipfile

import pytest
from shop import Customer
from sqlalchemy import func, select

from dougong.files.kinds import kind_of
from dougong.files.models import File, FileContent
from dougong.files.service import LONGEST, safe_name

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 20
PDF = b"%PDF-1.7 and so on"
CLERK = frozenset({"shop.order.read", "shop.order.write"})


def archive(*members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as box:
        for member in members:
            box.writestr(member, "x")
    return held.getvalue()


def put(client, stock, *files):
    data = {"file": [(io.BytesIO(content), name) for name, content in files]}
    address = f"/shop/orders/{stock.order}/files"
    return client.post(address, data=data, content_type="multipart/form-data")


def ids(shop, me):
    with shop.read(me) as session:
        return list(session.scalars(select(File.id)))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.png", PNG, "image/png"),
        ("contract.PDF", PDF, "application/pdf"),
        ("sums.csv", "größe;1\n".encode(), "text/csv"),
        ("plan.xlsx", archive("xl/workbook.xml"),
         "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("page.html", b"<html><script>alert(1)</script>", ""),
        ("picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", ""),
        ("words.txt", b"  <!doctype html><script>alert(1)</script>", ""),
        ("picture.png", b"<html>", ""),
        ("picture.png", PDF, ""),
        ("tool.exe", b"MZ\x90\x00", ""),
        ("plan.xlsx", archive("xl/workbook.xml", "xl/vbaProject.bin"), ""),
        ("box.zip", archive("anything"), ""),
        ("broken.docx", b"PK\x03\x04broken", ""),
    ],
)  # fmt: skip
def test_a_file_is_what_its_content_says(name, content, kind):
    assert kind_of(name, content) == kind


def test_a_name_keeps_neither_a_way_nor_signs_that_deceive():
    assert safe_name("../../etc/passwd.txt") == "passwd.txt"
    assert safe_name("C:\\temp\\plan.pdf") == "plan.pdf"
    assert safe_name("bill\u202efdp.exe") == "billfdp.exe"
    assert safe_name("/") == "file"
    assert safe_name("x" * 300 + ".pdf").endswith(".pdf")
    assert len(safe_name("x" * 300 + ".pdf")) <= 120


def test_files_are_put_beside_a_document_listed_counted_and_sent(visit, shop, me, stock):
    client = visit()

    assert put(client, stock, ("plan.pdf", PDF), ("photo.png", PNG)).status_code == 303
    page = client.get(f"/shop/orders/{stock.order}/files").text
    first, second = ids(shop, me)
    sent = client.get(f"/shop/orders/{stock.order}/files/{first}")

    assert "plan.pdf" in page
    assert '<span class="tab-count">2</span>' in page
    assert sent.data == PDF
    assert sent.headers["Content-Disposition"] == "attachment; filename*=UTF-8''plan.pdf"
    assert sent.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert sent.headers["X-Content-Type-Options"] == "nosniff"
    shown = client.get(f"/shop/orders/{stock.order}/files/{second}?show=1").headers
    assert shown["Content-Disposition"].startswith("inline")
    pdf = client.get(f"/shop/orders/{stock.order}/files/{first}?show=1").headers
    assert pdf["Content-Disposition"].startswith("attachment")


def test_what_is_not_taken_is_said_and_the_others_are_kept(visit, shop, me, stock):
    answer = put(
        visit(), stock, ("page.html", b"<html>"), ("plan.pdf", PDF), ("none.txt", b""),
        ("huge.txt", b"x" * (LONGEST + 1)),
    )  # fmt: skip

    assert answer.status_code == 409
    assert "page.html is of a kind that is not taken" in answer.text
    assert "none.txt is empty" in answer.text
    assert "huge.txt is larger than 10 MB" in answer.text
    assert len(ids(shop, me)) == 1


def test_files_have_the_rights_of_their_document(visit, shop, me, stock):
    put(visit(), stock, ("plan.pdf", PDF))
    (file,) = ids(shop, me)
    address = f"/shop/orders/{stock.order}/files/{file}"

    reader = visit(frozenset({"shop.order.read"}))
    assert reader.get(address).status_code == 200
    assert put(reader, stock, ("more.pdf", PDF)).status_code == 403
    assert reader.post(f"{address}/take-away").status_code == 403
    stranger = visit(frozenset({"shop.customer.read"}))
    assert stranger.get(address).status_code == 403
    assert stranger.get(f"/shop/orders/{stock.order}/files").status_code == 403


def test_a_file_is_beside_its_own_document_only(visit, shop, me, stock):
    put(visit(), stock, ("plan.pdf", PDF))
    (file,) = ids(shop, me)

    assert visit().get(f"/shop/customers/{stock.acme}/files/{file}").status_code == 404
    assert visit().post(f"/shop/customers/{stock.acme}/files/{file}/take-away").status_code == 404
    assert ids(shop, me) == [file]


def test_another_company_sees_no_file(visit, shop, me, stock):
    from dougong.actors import EVERYTHING, Actor

    put(visit(), stock, ("plan.pdf", PDF))
    (file,) = ids(shop, me)
    client = visit()
    client.application.config["ACT_AS"] = Actor(8, "Bo", EVERYTHING, (2,), 2)

    assert client.get(f"/shop/orders/{stock.order}/files/{file}").status_code == 404


def test_ones_own_file_is_taken_away_anothers_with_the_right_to_delete(visit, shop, me, stock):
    put(visit(), stock, ("plan.pdf", PDF))
    (file,) = ids(shop, me)
    shop.run(me, lambda uow: setattr(uow.get(File, file), "user_id", 99))
    address = f"/shop/orders/{stock.order}/files/{file}/take-away"

    assert visit(CLERK).post(address).status_code == 403
    assert visit(CLERK | {"shop.order.delete"}).post(address).status_code == 303
    with shop.read(me) as session:
        assert session.scalar(select(func.count()).select_from(FileContent)) == 0


def test_files_go_with_their_document(visit, shop, me, stock):
    free = shop.run(me, lambda uow: _customer(uow))
    client = visit()
    client.post(
        f"/shop/customers/{free}/files",
        data={"file": (io.BytesIO(PDF), "plan.pdf")},
        content_type="multipart/form-data",
    )
    assert len(ids(shop, me)) == 1

    assert client.post(f"/shop/customers/{free}/delete").status_code == 303
    assert ids(shop, me) == []


def _customer(uow):
    made = Customer(code="C9", name="Passing")
    uow.add(made)
    return made.id
