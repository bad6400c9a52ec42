"""A whole import is taken back: what it made goes, what it changed says again what it said."""

from __future__ import annotations

import io
import re
from decimal import Decimal

import pytest
from shop import Customer, Order
from sqlalchemy import func, select

from dougong import Forbidden, NotFound, Refused
from dougong.actors import EVERYTHING
from dougong.audit.models import AuditEntry
from dougong.resources import documents
from dougong.resources.exchange import (
    CannotUndo,
    Mapping,
    load,
    read_table,
    runs_of,
    undo_import,
)
from dougong.resources.models import ExternalId, ImportRun

CUSTOMERS = "code,name,city\nC1,Acme and Sons,Kiel\nN1,New one,Jena\nN2,New two,Ulm\n"


@pytest.fixture
def bring(shop, me, stock):
    def bringing(resource, text, mapping=None):
        noun = shop.nouns.get(resource)
        table = read_table("new.csv", text.encode())
        return load(shop, me, noun, table, mapping, file="new.csv")

    return bringing


@pytest.fixture
def undo(shop, me):
    def undoing(resource, run, rights=EVERYTHING):
        noun = shop.nouns.get(resource)
        return shop.run(me, lambda uow: undo_import(uow, noun, noun.sight(rights), run))

    return undoing


def customers(shop, me):
    with shop.read(me) as session:
        rows = session.execute(select(Customer.code, Customer.name, Customer.city))
        return {code: (name, city) for code, name, city in rows}


def change(shop, me, resource, id, **values):
    noun = shop.nouns.get(resource)

    def act(uow):
        sight = noun.sight(EVERYTHING)
        (document,) = documents.load(uow, noun, sight, [id])
        documents.save(uow, noun, sight, values, document=document)

    shop.run(me, act)


def id_of(shop, me, code):
    with shop.read(me) as session:
        return session.scalar(select(Customer.id).where(Customer.code == code))


def test_what_an_import_made_goes_and_what_it_changed_says_what_it_said(shop, me, bring, undo):
    before = customers(shop, me)
    report = bring("shop.customers", CUSTOMERS)
    assert len(customers(shop, me)) == 3

    undone = undo("shop.customers", report.run)

    assert (undone.removed, undone.restored) == (2, 1)
    assert customers(shop, me) == before == {"C1": ("Acme Timber", "London")}


def test_the_history_tells_it(shop, me, bring, undo, stock):
    report = bring("shop.customers", CUSTOMERS)
    undo("shop.customers", report.run)

    with shop.read(me) as session:
        told = session.execute(
            select(AuditEntry.action, AuditEntry.changes).where(
                AuditEntry.changes.contains("The import of new.csv was undone.")
            )
        ).all()
    assert sorted(action for action, _changes in told) == ["change", "delete", "delete"]


def test_lines_come_back_as_they_were(shop, me, bring, undo, stock):
    text = "id,note,lines.product,lines.quantity,lines.price\n"
    report = bring("shop.orders", text + f"{stock.order},other,P1,7,3\n,,P1,1,1\n")
    assert report.changed == 1

    undo("shop.orders", report.run)

    with shop.read(me) as session:
        noun = shop.nouns.get("shop.orders")
        order = documents.get(session, noun, noun.sight(EVERYTHING), stock.order)
        lines = [(one.product_id, one.quantity, one.price) for one in order.lines]
        assert (order.note, order.total, lines) == (
            None, Decimal(48), [(stock.tenon, Decimal(2), Decimal(24))])  # fmt: skip


def test_a_side_table_of_another_module_says_again_what_it_said(shop, me, bring, undo):
    bring("shop.customers", "code,club.tier,club.points\nC1,gold,300\n")
    report = bring("shop.customers", "code,club.tier,club.points\nC1,silver,5\n")

    undo("shop.customers", report.run)

    noun = shop.nouns.get("shop.customers")
    with shop.read(me) as session:
        key = session.scalar(select(Customer.id).where(Customer.code == "C1"))
        said = documents.read(
            noun, documents.get(session, noun, noun.sight(EVERYTHING), key), noun.sight(EVERYTHING)
        )
    assert (said["club.tier"], said["club.points"]) == ("gold", 300)


def test_what_was_changed_since_is_named_and_all_stays(shop, me, bring, undo):
    report = bring("shop.customers", CUSTOMERS)
    after = customers(shop, me)
    change(shop, me, "shop.customers", id_of(shop, me, "C1"), city="Bonn")
    change(shop, me, "shop.customers", id_of(shop, me, "N2"), city="Bonn")

    with pytest.raises(CannotUndo) as refusal:
        undo("shop.customers", report.run)

    assert refusal.value.status == 409
    said = str(refusal.value)
    assert "Acme and Sons was changed since" in said
    assert "New two was changed since" in said
    assert "New one" not in said
    assert customers(shop, me).keys() == after.keys()
    assert customers(shop, me)["N1"] == after["N1"]


def test_what_is_referred_to_is_named_with_what_refers_to_it(shop, me, bring, undo):
    report = bring("shop.customers", CUSTOMERS)
    shop.run(me, lambda uow: uow.add(Order(customer_id=id_of(shop, me, "N1"))))

    with pytest.raises(CannotUndo, match="New one is used in Orders"):
        undo("shop.customers", report.run)

    assert len(customers(shop, me)) == 3


def test_what_refers_to_each_other_within_the_import_goes_together(shop, me, bring, undo):
    report = bring("shop.customers", "code,name,parent\nN1,Above,\nN2,Below,N1\n")

    assert undo("shop.customers", report.run).removed == 2
    assert list(customers(shop, me)) == ["C1"]


def test_confirmed_documents_are_named_with_their_state(shop, me, bring, undo):
    from dougong.resources import steps

    report = bring("shop.orders", "customer,lines.product,lines.quantity\nC1,P1,1\n")
    noun = shop.nouns.get("shop.orders")
    with shop.read(me) as session:
        key = session.scalar(select(func.max(Order.id)))
    shop.run(
        me, lambda uow: steps.run_one(uow, noun, noun.sight(EVERYTHING), "confirm", key, on=None)
    )

    with pytest.raises(CannotUndo, match="is Confirmed"):
        undo("shop.orders", report.run)


def test_what_somebody_deleted_meanwhile_is_gone_already(shop, me, bring, undo):
    report = bring("shop.customers", "code,name\nN1,New one\nN2,New two\n")
    noun = shop.nouns.get("shop.customers")
    key = id_of(shop, me, "N1")

    def act(uow):
        sight = noun.sight(EVERYTHING)
        documents.remove(uow, noun, sight, documents.load(uow, noun, sight, [key]))

    shop.run(me, act)
    undo("shop.customers", report.run)

    assert list(customers(shop, me)) == ["C1"]


def test_an_import_is_undone_once(shop, me, bring, undo):
    report = bring("shop.customers", CUSTOMERS)
    undo("shop.customers", report.run)

    with pytest.raises(Refused, match="undone already"):
        undo("shop.customers", report.run)


def test_undoing_needs_the_rights_to_import_and_to_delete(shop, me, bring, undo):
    report = bring("shop.customers", CUSTOMERS)
    rights = {f"shop.customer.{verb}" for verb in ("read", "create", "write", "delete")}

    for verb in ("create", "write", "delete"):
        with pytest.raises(Forbidden, match=verb):
            undo("shop.customers", report.run, frozenset(rights - {f"shop.customer.{verb}"}))
    assert len(customers(shop, me)) == 3


def test_an_import_of_another_kind_or_none_is_not_found(shop, bring, undo):
    report = bring("shop.customers", CUSTOMERS)

    for resource, run in (("shop.orders", report.run), ("shop.customers", 999_999)):
        with pytest.raises(NotFound, match="There is no import"):
            undo(resource, run)


def test_external_ids_go_too_so_that_the_file_can_come_again(shop, me, bring, undo):
    mapping = Mapping(source="old", external="ref", chunk=1)
    text = "ref,code,name\n1,N1,New one\n2,N2,New two\n"
    report = bring("shop.customers", text, mapping)
    with shop.read(me) as session:
        assert session.scalar(select(func.count(ImportRun.id))) == 1  # its chunks are one import

    undo("shop.customers", report.run)

    with shop.read(me) as session:
        assert session.scalar(select(func.count(ExternalId.id))) == 0
    assert bring("shop.customers", text, mapping).created == 2


def test_a_trial_and_a_file_that_says_nothing_new_are_not_remembered(shop, me, bring):
    assert bring("shop.customers", "code,name\nC1,Acme Timber\n").run is None
    noun = shop.nouns.get("shop.customers")
    load(shop, me, noun, read_table("a.csv", CUSTOMERS.encode()), dry_run=True)

    with shop.read(me) as session:
        assert runs_of(session, noun) == []


# -- the pages -----------------------------------------------------------------------------------


def imported(client):
    heads = CUSTOMERS.split("\n")[0].split(",")
    form = {f"column.{at}": head for at, head in enumerate(heads)}
    file = (io.BytesIO(CUSTOMERS.encode()), "new.csv")
    answer = client.post("/shop/customers/import", data={"file": file, "_do": "go", **form})
    return re.search(r"/shop/customers/imports/\d+", answer.text)[0]


def test_an_import_has_a_page_on_which_it_is_undone(shop, me, stock, visit):
    client = visit()
    page = imported(client)
    assert "new.csv" in client.get("/shop/customers/imports").text
    assert "Undo this import" in client.get(page).text

    answer = client.post(f"{page}/undo")

    assert answer.status_code == 303
    text = client.get(page).text
    assert "Undone" in text
    assert "Undo this import" not in text
    assert list(customers(shop, me)) == ["C1"]


def test_the_page_refuses_with_a_sentence_and_409(shop, me, stock, visit):
    client = visit()
    page = imported(client)
    change(shop, me, "shop.customers", id_of(shop, me, "N2"), city="Bonn")

    answer = client.post(f"{page}/undo")

    assert answer.status_code == 409
    assert "New two was changed since" in answer.text
    assert len(customers(shop, me)) == 3


def test_who_may_not_import_sees_no_imports(stock, visit):
    page = imported(visit())
    reader = visit(frozenset({"shop.customer.read"}))

    assert reader.get("/shop/customers/imports").status_code == 403
    assert reader.get(page).status_code == 403
    assert reader.post(f"{page}/undo").status_code == 403
    assert visit().get("/shop/customers/imports/999999").status_code == 404
    writer = visit(frozenset({f"shop.customer.{v}" for v in ("read", "create", "write")}))
    assert "Undo this import" not in writer.get(page).text
    assert writer.post(f"{page}/undo").status_code == 403
