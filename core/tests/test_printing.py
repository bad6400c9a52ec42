"""Every resource prints; what is printed is what was entered, and nothing of it is obeyed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
import textwrap
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from shop import Customer, Order, OrderLine, Product
from sqlalchemy import select

from dougong.audit.models import AuditEntry
from dougong.errors import BadQuery, Forbidden, NotFound, Refused
from dougong.i18n import _
from dougong.printing import Code, Facts, Print, Sheet, Table, Words
from dougong.printing.desk import Desk
from dougong.printing.letterheads.models import Letterhead
from dougong.printing.making import print_documents
from dougong.printing.sheets import told
from dougong.printing.typesetting import NotTypeset, typeset

pypdf = pytest.importorskip("pypdf")
pytest.importorskip("typst")

HOSTILE = (
    '#eval("1+1") $x^2$ \\ *bold* _it_ `raw` @ref <label> // gone /* gone */ #read("/etc/passwd")'
)


def words_of(content: bytes) -> str:
    """What a reader of the file finds, on one line."""
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.fixture
def counter(shop, me):
    """A customer, two products and an order; everything by key."""
    customer = Customer(code="ANNA", name="Anna 北京椅业", city="Port", limit=Decimal(5000))
    chair = Product(code="CHAIR", name=HOSTILE, price=Decimal(12))
    order = Order(
        number="S-1", customer=customer, ordered_on=dt.date(2026, 11, 3), state="confirmed",
        note="Two lines\nof a note", total=Decimal("1234567.5"), margin=Decimal(99),
        lines=[
            OrderLine(product=chair, quantity=Decimal(2), price=Decimal(12), amount=Decimal(24)),
            OrderLine(product=chair, quantity=Decimal(1), price=Decimal(3), amount=Decimal(3)),
        ],
    )  # fmt: skip
    with shop.work(me) as uow:
        uow.add(customer, chair, order)
        return {"customer": customer.id, "order": order.id, "product": chair.id}


def paper(shop, me, resource, *keys, name="form", said=""):
    return print_documents(shop, me, shop.nouns.get(resource), keys, name, said)


def test_a_resource_prints_without_a_line_of_its_author(shop, me, counter):
    printed = paper(shop, me, "shop.orders", counter["order"])

    found = words_of(printed.content)
    assert printed.filename == "form-S-1.pdf"
    assert "Order S-1" in found
    assert "Anna 北京椅业" in found
    assert "Nov 3, 2026" in found
    assert "1,234,567.50" in found
    assert "Page 1 of 1" in found
    assert "MAIN" in found  # the company, though nobody wrote a letterhead


def test_what_was_entered_is_shown_and_never_obeyed(shop, me, counter):
    found = words_of(paper(shop, me, "shop.orders", counter["order"]).content)

    assert HOSTILE.replace(" ", "") in found.replace(" ", "")
    assert "root:" not in found


@pytest.mark.parametrize(
    "sign", ["\u202e", "\x00", "\x1b", "\ud800", "\ufeff"], ids=lambda s: f"U+{ord(s):04X}"
)
def test_signs_without_a_picture_are_left_out(sign):
    assert told(f"a{sign}b") == ["ab"]


def test_a_field_that_is_hidden_on_the_form_is_not_on_the_paper(shop, me, counter):
    clerk = dataclasses.replace(
        me, rights=frozenset({"shop.order.read", "shop.customer.read", "shop.product.read"})
    )

    assert "99.00" in words_of(paper(shop, me, "shop.orders", counter["order"]).content)
    seen = words_of(paper(shop, clerk, "shop.orders", counter["order"]).content)
    assert "99.00" not in seen
    assert "Margin" not in seen


def test_who_may_not_read_does_not_print(shop, me, counter):
    stranger = dataclasses.replace(me, rights=frozenset({"shop.product.read"}))

    with pytest.raises(Forbidden):
        paper(shop, stranger, "shop.orders", counter["order"])


def test_another_companys_document_is_not_there(shop, me, counter):
    other = dataclasses.replace(me, companies=(2,), company_id=2)

    with pytest.raises(NotFound):
        paper(shop, other, "shop.orders", counter["order"])


def test_the_language_is_chosen(shop, me, counter):
    found = words_of(paper(shop, me, "shop.orders", counter["order"], said="zh_Hans_CN").content)

    assert "2026年11月3日" in found
    with pytest.raises(BadQuery):
        paper(shop, me, "shop.orders", counter["order"], said="tlh")


def test_the_same_document_gives_the_same_bytes(shop, me, counter):
    first = paper(shop, me, "shop.orders", counter["order"]).content
    again = paper(shop, me, "shop.orders", counter["order"]).content

    assert first == again


def test_printing_a_posted_document_stands_in_its_history(shop, me, counter):
    printed = paper(shop, me, "shop.orders", counter["order"])
    paper(shop, me, "shop.customers", counter["customer"])  # a customer can still be changed

    with shop.read(me) as session:
        entries = session.query(AuditEntry).filter_by(action="print").all()
    (entry,) = entries
    assert (entry.document, entry.document_id) == ("shop.orders", counter["order"])
    assert printed.told[0][2] in entry.changes


def test_the_letterhead_of_the_papers_language_stands_on_it(shop, me, counter):
    with shop.work(me) as uow:
        uow.add(
            Letterhead(
                name="Dougong Ltd", address="1 Bridge Street\n12345 Port", tax_number="T-77",
                bank="Port Bank", account="DE02 1203 0000 0000 2020 51", bic="BYLADEM1001",
            ),
            Letterhead(language="zh_Hans_CN", name="斗拱有限公司", address="北京桥路一号"),
        )  # fmt: skip

    english = words_of(paper(shop, me, "shop.orders", counter["order"]).content)
    chinese = words_of(paper(shop, me, "shop.orders", counter["order"], said="zh_Hans_CN").content)

    for word in ("Dougong Ltd", "1 Bridge Street", "T-77", "DE02 1203", "BYLADEM1001"):
        assert word in english
    assert "斗拱有限公司" in chinese
    assert "北京桥路一号" in chinese
    assert "Bridge Street" not in chinese


def test_several_documents_become_one_file_each_with_its_own_pages(shop, me, counter):
    with shop.work(me) as uow:
        uow.add(Customer(code="BOB", name="Bob"))
    with shop.read(me) as session:
        keys = [row.id for row in session.query(Customer).order_by(Customer.code.desc())]

    printed = paper(shop, me, "shop.customers", *keys)

    pages = [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(printed.content)).pages]
    assert len(pages) == 2
    assert "Customer Bob" in pages[0]
    assert "Anna" in pages[1]
    assert all("Page 1 of 1" in page for page in pages)


def test_a_long_document_counts_its_pages_and_repeats_its_heads(shop, me, counter):
    with shop.work(me) as uow:
        uow.add(
            *(
                OrderLine(
                    order_id=counter["order"], product_id=counter["product"], position=at,
                    quantity=Decimal(1), price=Decimal(1), amount=Decimal(1),
                )
                for at in range(80)
            )
        )  # fmt: skip

    printed = paper(shop, me, "shop.orders", counter["order"])

    pages = [p.extract_text() for p in pypdf.PdfReader(io.BytesIO(printed.content)).pages]
    assert len(pages) > 1
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]
    assert all("Product" in page for page in pages[:-1])


def short_paper(desk, orders):
    """A paper of its own: what is owed, and a code to scan."""
    for order in orders:
        yield Sheet(
            title=_("Receipt"),
            to=["Somebody"],
            dated=order.ordered_on,
            parts=[
                Facts(desk.facts(order, "number", "customer", ("note", _("Nota bene")))),
                desk.table(order, "lines", "product", "quantity", "amount", foot=["amount"]),
                desk.sums(order, "total", currency="EUR"),
                Code(order.number),
                Code("https://example.org/1", square=True, text=""),
                Words("thanks"),
            ],
        )


RECEIPT = Print(
    name="shop.receipt", label=_("Receipt"), resource="shop.orders", layout=short_paper,
    paper="receipt", states=["confirmed"], language=lambda desk, found: {d.id: "zh_Hans_CN" for d in found},
)  # fmt: skip


def test_an_own_layout_is_offered_in_its_states_and_speaks_the_receivers_language(
    shop, me, counter
):
    shop.wiring.prints["shop.receipt"] = RECEIPT

    printed = paper(shop, me, "shop.orders", counter["order"], name="")

    page = pypdf.PdfReader(io.BytesIO(printed.content)).pages[0]
    found = words_of(printed.content)
    assert printed.filename == "receipt-S-1.pdf"
    assert round(float(page.mediabox.width) / 72 * 25.4) == 80
    assert "€1,234,567.50" in found
    assert "27.00" in found
    assert "Nota bene Two lines" in found
    assert page.extract_text()
    with shop.work(me) as uow:
        (order,) = uow.load(Order, [counter["order"]])
        order.state = "cancelled"
    with pytest.raises(Refused, match="cannot be printed of Order S-1"):
        paper(shop, me, "shop.orders", counter["order"], name="receipt")
    assert "Cancelled" in words_of(paper(shop, me, "shop.orders", counter["order"]).content)


def test_the_paper_of_the_authors_page_is_printed_as_it_stands_there(shop, me, counter):
    page = Path(__file__).parents[2] / "docs/author/printing.md"
    program = re.search(r"```python title=[^\n]*\n(.*?)```", page.read_text("utf-8"), re.S)[1]
    made = {}
    exec(compile(program, str(page), "exec"), made)
    shop.wiring.prints["shop.certificate"] = made["CERTIFICATE"]

    printed = paper(shop, me, "shop.orders", counter["order"], name="certificate")

    found = words_of(printed.content)
    assert "Certificate S-1" in found
    assert "Issued to Anna 北京椅业" in found
    assert "We answer for two years for:" in found


def test_what_a_document_links_to_is_read_as_the_authors_page_says(shop, me, counter):
    page = Path(__file__).parents[2] / "docs/author/printing.md"
    snippet = textwrap.dedent(
        re.search(r"  ```python\n(.*?)  ```", page.read_text("utf-8"), re.S)[1]
    )
    # The page speaks of a party's phone; the shop knows of its customers where they live.
    party = SimpleNamespace(id=Customer.id, phone=Customer.city)

    def lay_out(desk, orders):
        scope = {"desk": desk, "orders": orders, "order": orders[0], "Party": party, "_": _}
        exec(compile(snippet, str(page), "exec"), scope | {"select": select}, scope)
        yield Sheet(title="Slip", facts=scope["facts"])

    shop.wiring.prints["shop.slip"] = Print(
        name="shop.slip", label=_("Slip"), resource="shop.orders", layout=lay_out
    )

    found = words_of(paper(shop, me, "shop.orders", counter["order"], name="slip").content)

    assert "Nov 3, 2026" in found
    assert "Phone Port" in found


def test_a_long_word_stays_on_the_paper(shop, me, counter):
    with shop.work(me) as uow:
        uow.get(Customer, counter["customer"]).name = "W" * 95

    printed = paper(shop, me, "shop.customers", counter["customer"])

    lines = pypdf.PdfReader(io.BytesIO(printed.content)).pages[0].extract_text().splitlines()
    rows = [line for line in lines if "WWW" in line]
    assert max(map(len, rows)) < 95
    assert sum(line.count("W") for line in rows) == 3 * 95  # title, name, foot


@pytest.mark.parametrize("name", ["customer.city", "colour"])
def test_a_paper_that_asks_for_what_it_cannot_say_fails_rather_than_leave_it_out(name):
    through = SimpleNamespace(hops=("customer",))
    noun = SimpleNamespace(
        name="shop.orders", key="id", model=Order, fields={"customer.city": through}
    )
    desk = Desk(None, noun, SimpleNamespace(fields={}), None, "en", None)

    with pytest.raises(LookupError, match=f"{name} is no field"):
        desk.facts(SimpleNamespace(id=1), name)
    assert desk.facts(SimpleNamespace(id=1), "company_id") == []


def test_an_unknown_paper_is_not_found(shop, me, counter):
    with pytest.raises(NotFound):
        paper(shop, me, "shop.orders", counter["order"], name="banknote")


def test_bars_that_cannot_be_said_are_refused():
    with pytest.raises(Refused, match="bar code"):
        Code("椅子").data()


def test_the_typesetter_reaches_no_file_but_its_own(tmp_path, monkeypatch):
    """Even a program of our own could not read the house's files: the folder is closed."""
    from dougong.printing import typesetting

    secret = tmp_path / "secret.txt"
    secret.write_text("the key")
    program = tmp_path / "other.typ"
    for way in (str(secret), f"../../../../../..{secret}"):
        program.write_text(f'#read("{way}")')
        monkeypatch.setattr(typesetting, "PROGRAM", program)
        with pytest.raises(NotTypeset):
            typeset({}, {})


def test_a_table_whose_cells_do_not_fit_its_columns_is_a_mistake_of_its_author():
    from dougong.printing import Column

    with pytest.raises(ValueError, match="cells in a table"):
        Table([Column("A")], [["1", "2"]]).data()
