"""The rows of a file that have mistakes come back as a file, each with what is wrong."""

from __future__ import annotations

import csv
import io

FILE = """note,customer,lines.product,lines.quantity
A-1,Acme Timber,P1,2
A-2,Acme Timber,P1,3
,,P1,many
A-3,Nobody,P1,1
"""


def sent(client, text, kind="csv"):
    columns = {f"column.{at}": head for at, head in enumerate(FILE.split("\n")[0].split(","))}
    file = (io.BytesIO(text.encode()), "orders.csv")
    return client.post(f"/shop/orders/import/mistakes.{kind}", data={"file": file, **columns})


def test_a_document_comes_back_whole_and_what_is_right_stays_behind(visit, stock):
    answer = sent(visit(), FILE)
    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))

    assert answer.headers["Content-Disposition"] == 'attachment; filename="orders-mistakes.csv"'
    assert rows[0][-1] == "What is wrong"
    assert [row[0] for row in rows[1:]] == ["A-2", "", "A-3"]
    assert [bool(row[-1]) for row in rows[1:]] == [False, True, True]
    assert "number" in rows[2][-1]


def test_without_a_file_or_the_right_there_is_nothing(visit, stock):
    assert visit().post("/shop/orders/import/mistakes.csv").status_code == 409
    assert sent(visit(), FILE, "pdf").status_code == 404
    reader = visit(frozenset({"shop.order.read", "shop.customer.read", "shop.product.read"}))
    assert sent(reader, FILE).status_code == 403
