"""Files in and out: all of a file or none of it, and every mistake by its line."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest
from shop import Customer, Order, OrderLine, Product
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from dougong import BadQuery, Refused, UnitOfWork
from dougong.actors import EVERYTHING
from dougong.audit.models import AuditEntry
from dougong.resources import lists
from dougong.resources.exchange import (
    Mapping,
    export,
    export_documents,
    load,
    read_table,
    remember,
    remembered,
)
from dougong.resources.formats import formats

D = Decimal
CUSTOMERS = b"code,name,city\nA1,Ann,Kiel\nA2,Ben,Jena\n"
ORDERS = (
    "customer,Date,note,lines.product,lines.quantity,lines.price,total\n"
    "ACME,2026-01-05,first,P1,2,5,21\n"
    ",,,P2,1,11,\n"
    "ACME,2026-01-06,second,P3,3,,9\n"
)


@pytest.fixture
def stock(shop, me):
    def act(uow):
        uow.add(
            Customer(code="ACME", name="Acme", city="Kiel"),
            *(Product(code=f"P{n}", name=f"Product {n}", price=D(n)) for n in (1, 2, 3)),
        )

    shop.run(me, act)


@pytest.fixture
def bring(shop, me):
    """Bring a file in."""

    def bringing(resource, data, mapping=None, name="file.csv", **more):
        noun = shop.nouns.get(resource)
        data = data if isinstance(data, bytes) else data.encode()
        return load(shop, me, noun, read_table(name, data), mapping, **more)

    return bringing


def count(shop, me, model):
    with shop.read(me) as session:
        return session.scalar(select(func.count()).select_from(model))


def query_of(shop, resource, **parameters):
    sight = shop.nouns.get(resource).sight(EVERYTHING)
    return lists.parse(MultiDict(parameters), sight)


def test_a_file_brings_documents_with_their_lines(shop, me, stock, bring):
    report = bring("shop.orders", ORDERS)

    assert report.as_json()["errors"] == []
    assert (report.rows, report.documents, report.created) == (3, 2, 2)
    assert report.saved
    with shop.read(me) as session:
        totals = session.scalars(select(Order.total).order_by(Order.ordered_on)).all()
    assert totals == [D(21), D(9)]
    assert count(shop, me, OrderLine) == 3


def test_the_report_compares_the_file_with_the_house(shop, me, stock, bring):
    agreeing = bring("shop.orders", ORDERS, dry_run=True)
    wrong = bring("shop.orders", ORDERS.replace(",21\n", ",20\n"), dry_run=True)

    assert agreeing.agrees
    assert agreeing.as_json()["sums"]["total"] == {"file": "30", "house": "30"}
    assert agreeing.as_json()["sums"]["lines.quantity"] == {"file": "6", "house": "6"}
    assert not wrong.agrees
    assert wrong.as_json()["sums"]["total"] == {"file": "29", "house": "30"}


def test_a_dry_run_does_everything_and_keeps_nothing(shop, me, stock, bring):
    report = bring("shop.orders", ORDERS, dry_run=True)

    assert (report.created, report.saved) == (2, False)
    assert count(shop, me, Order) == 0


def test_of_a_file_with_ten_bad_rows_all_are_named_and_nothing_is_brought_in(
    shop, me, stock, bring
):
    rows = [f"ACME,2026-01-05,ok {n},P1,1,5,5" for n in range(1200)]
    bad = {
        3: "NOBODY,2026-01-05,,P1,1,5,",
        10: "ACME,someday,,P1,1,5,",
        20: "ACME,2026-01-05,,P1,many,5,",
        30: "ACME,2026-01-05,,P9,1,5,",
        40: ",2026-01-05,lost,P1,1,5,",
        50: "ACME,2026-01-05,,P1,2000,5,",
        600: "ACME,2026-01-05,,P1,-1,5,",
        700: "ACME,2026-01-05,,,1,5,",
        1000: "ACME,2026-02-30,,P1,1,5,",
        1100: "ACME,2026-01-05," + "x" * 600 + ",P1,1,5,",
    }
    for at, row in bad.items():
        rows[at] = row
    file = "\n".join([ORDERS.splitlines()[0], *rows])

    report = bring("shop.orders", file)

    assert {(m.line, m.column) for m in report.errors} >= {
        (5, "customer"),
        (12, "Date"),
        (22, "lines.quantity"),
        (32, "lines.product"),
        (42, "customer"),
        (52, "lines.quantity"),
        (602, "lines.quantity"),
        (702, "lines.product"),
        (1002, "Date"),
        (1102, "note"),
    }
    assert {m.line for m in report.errors} == {at + 2 for at in bad}
    assert not report.saved
    assert count(shop, me, Order) == 0


def test_every_row_that_breaks_a_rule_of_the_tables_is_named_with_its_field(shop, me, stock, bring):
    rows = "customer,Date,lines.product,lines.quantity,lines.price\n" + "".join(
        f"ACME,2026-01-05,P1,1,{-n if n % 2 else n}\n" for n in range(1, 8)
    )

    report = bring("shop.orders", rows)

    told = [(m.line, m.column, str(m.sentence)) for m in report.errors]
    assert told == [(line, "total", "An order is never negative.") for line in (2, 4, 6, 8)]
    assert report.mistaken == 4
    assert count(shop, me, Order) == 0


@pytest.mark.parametrize("bad", [2, 502, 700, 1101])
def test_the_row_that_only_the_database_refuses_is_named(shop, me, bring, bad):
    """A trigger knows what no field and no rule of the models says."""
    refuse, head = "Nobody may live in Troy.", "CREATE TRIGGER walls BEFORE INSERT ON shop_customer"
    statements = {
        "sqlite": [
            f"{head} WHEN NEW.city = 'Troy' BEGIN SELECT RAISE(ABORT, '{refuse}'); END",
        ],
        "postgresql": [
            "CREATE FUNCTION walls() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.city ="
            f" 'Troy' THEN RAISE EXCEPTION '{refuse}' USING ERRCODE ="
            " 'integrity_constraint_violation'; END IF; RETURN NEW; END $$",
            f"{head} FOR EACH ROW EXECUTE FUNCTION walls()",
        ],
    }
    with shop.engine.begin() as connection:
        for statement in statements[connection.dialect.name]:
            connection.exec_driver_sql(statement)
    rows = (f"C{n},Name {n},{'Troy' if n == bad else 'Kiel'}\n" for n in range(2, 1102))

    report = bring("shop.customers", "code,name,city\n" + "".join(rows))

    assert [(m.line, str(m.sentence)) for m in report.errors] == [(bad, "Nobody may live in Troy.")]
    assert count(shop, me, Customer) == 0


def test_the_row_that_another_department_refuses_at_the_end_is_named(shop, me, bring, monkeypatch):
    complete = UnitOfWork.complete

    def asked_by_others(uow):
        if uow.look(select(Customer.id).where(Customer.name == "Name 41")).first():
            raise Refused("Finance does not know this customer.")
        complete(uow)

    monkeypatch.setattr(UnitOfWork, "complete", asked_by_others)
    rows = "".join(f"C{n},Name {n}\n" for n in range(2, 90))

    report = bring("shop.customers", "code,name\n" + rows)

    (mistake,) = report.errors
    assert (mistake.line, str(mistake.sentence)) == (41, "Finance does not know this customer.")
    assert count(shop, me, Customer) == 0


def test_the_same_file_twice_changes_nothing(shop, me, bring):
    bring("shop.customers", CUSTOMERS)
    before = count(shop, me, AuditEntry)

    report = bring("shop.customers", CUSTOMERS)

    assert (report.created, report.changed, report.unchanged) == (0, 0, 2)
    assert count(shop, me, AuditEntry) == before
    with shop.read(me) as session:
        assert set(session.scalars(select(Customer.version))) == {1}


def test_a_row_that_is_known_by_its_identity_changes_the_document(shop, me, bring):
    bring("shop.customers", CUSTOMERS)

    report = bring("shop.customers", b"code,city\nA1,Bonn\n")

    assert (report.created, report.changed) == (0, 1)
    with shop.read(me) as session:
        ann = session.scalar(select(Customer).where(Customer.code == "A1"))
    assert (ann.city, ann.name) == ("Bonn", "Ann")


def test_a_document_is_found_again_by_its_external_id(shop, me, stock, bring):
    mapping = Mapping({"who": "customer", "when": "ordered_on"}, source="oldshop", external="nr")
    file = "nr,who,when,lines.product,note\nX1,ACME,2026-01-05,P1,one\nX1,,,P2,\nX2,ACME,,P3,two\n"

    first = bring("shop.orders", file, mapping)
    again = bring("shop.orders", file.replace(",one", ",uno"), mapping)

    assert (first.created, first.documents) == (2, 2)
    assert again.created == 0
    with shop.read(me) as session:
        assert set(session.scalars(select(Order.note))) == {"uno", "two"}
    assert count(shop, me, OrderLine) == 3


def test_what_must_be_unique_is_named_by_its_line(shop, me, bring):
    bring("shop.customers", CUSTOMERS)
    mapping = Mapping(source="oldshop", external="nr")

    file = b"nr,code,name\n1,A1,Other\n2,A9,Nine\n3,A9,Nine again\n"
    report = bring("shop.customers", file, mapping)

    assert [(m.line, m.column, str(m.sentence)) for m in report.errors] == [
        (2, "code", "Another record has this already."),
        (4, "code", "Line 3 has this already."),
    ]
    assert count(shop, me, Customer) == 2


def test_a_chunk_with_a_mistake_stays_out_and_the_others_come_in(shop, me, bring):
    file = "code,name\nA1,Ann\nA2,\nA3,Cat\nA4,Dan\n"

    report = bring("shop.customers", file, Mapping(chunk=2))

    assert [m.line for m in report.errors] == [3]
    with shop.read(me) as session:
        assert set(session.scalars(select(Customer.code))) == {"A3", "A4"}


def test_a_row_may_name_one_above_it_in_the_same_file(shop, me, bring):
    report = bring("shop.customers", b"code,name,parent\nA,Top,\nB,Mid,A\nC,Low,B\nD,Side,Top\n")

    assert report.saved, report.as_json()
    with shop.read(me) as session:
        rows = session.execute(select(Customer.code, Customer.id, Customer.parent_id)).all()
    keys = {code: key for code, key, _above in rows}
    above = {code: parent for code, _key, parent in rows}
    assert above == {"A": None, "B": keys["A"], "C": keys["B"], "D": keys["A"]}


def test_a_head_that_means_nothing_is_named(shop, me, bring):
    report = bring("shop.customers", b"code,nmae\nA1,Ann\n")

    assert [(m.line, m.column) for m in report.errors] == [(1, "nmae")]
    assert bring("shop.customers", b"code,name,junk\nA1,Ann,x\n", Mapping({"junk": ""})).saved


def test_another_plugins_field_comes_in_under_its_name(shop, me, bring):
    report = bring("shop.customers", b"code,name,club.tier,club.points\nA1,Ann,Silver,7\n")

    assert report.saved, report.as_json()
    with shop.read(me) as session:
        text = export(session, query_of(shop, "shop.customers"), formats("en"), "csv").decode()
    assert text.splitlines()[1].endswith("Silver")


def test_json_brings_documents_too(shop, me, stock, bring):
    said = [{"customer": "ACME", "lines": [{"product": "P2", "quantity": "3"}]}]

    report = bring("shop.orders", json.dumps(said), name="orders.json")
    wrong = bring("shop.orders", json.dumps([{"customer": "X"}]), name="orders.json")

    assert report.saved
    assert [(m.line, m.column) for m in wrong.errors] == [(1, "customer")]


def test_what_was_exported_can_be_imported_and_changes_nothing(shop, me, stock, bring):
    bring("shop.orders", ORDERS)
    with shop.read(me) as session:
        files = {
            kind: export_documents(session, query_of(shop, "shop.orders"), kind)
            for kind in ("csv", "xlsx", "json")
        }

    for kind, data in files.items():
        report = bring("shop.orders", data, name=f"orders.{kind}")
        assert report.as_json()["errors"] == []
        assert (report.unchanged, report.documents) == (2, 2), kind
    with shop.read(me) as session:
        totals = session.scalars(select(Order.total).order_by(Order.ordered_on)).all()
    assert totals == [D(21), D(9)]
    assert count(shop, me, OrderLine) == 3


def test_an_export_starts_no_formula(shop, me, bring):
    bring("shop.customers", b'code,name\nA1,"=HYPERLINK(""http://x"")"\n')

    with shop.read(me) as session:
        data = export(session, query_of(shop, "shop.customers"), formats("en"), "csv")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))

    assert rows[1][1].startswith("'=")


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_looks_like_a_formula_comes_back_as_it_was_typed(shop, me, bring, kind):
    names = ["=1+1", "+49 30 1234", "-", "'=quoted", "''+twice", "'plain"]
    bring("shop.customers", json.dumps([{"code": f"F{n}", "name": name} for n, name in
          enumerate(names)]).encode(), name="names.json")  # fmt: skip

    with shop.read(me) as session:
        data = export_documents(session, query_of(shop, "shop.customers", q="F"), kind)
    report = bring("shop.customers", data, name=f"customers.{kind}")

    assert (report.documents, report.unchanged) == (len(names), len(names))


def test_files_that_could_do_harm_are_refused():
    for name, data in (
        ("x.xlsx", b"PK\x03\x04 nothing"),
        ("x.json", b"{"),
        ("x.csv", b"\xff\xfe\xff\x80"),
        ("x.csv", b""),
    ):
        with pytest.raises(BadQuery):
            read_table(name, data)


def test_a_mapping_is_remembered(shop, me):
    noun = shop.nouns.get("shop.customers")

    for heads in ({"Nr": "code"}, {"No": "code"}):
        shop.run(me, lambda uow, heads=heads: remember(uow, noun, "old", Mapping(heads)))

    with shop.read(me) as session:
        assert remembered(session, noun)["old"].columns == {"No": "code"}


def test_one_mistake_is_told_without_a_plural():
    from dougong.commands.import_ import _said
    from dougong.resources.exchange.report import Report

    assert str(_said(Report(mistaken=1), dry_run=False)) == "Mistakes: 1. Documents kept: 0."
