"""What people see and type: the nouns of finance through the API, as pages do it."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from dougong import Actor
from dougong.web.app import create_app
from dougong_finance.accounts.models import Account

API = "/api/v1/finance"


@pytest.fixture
def runtime(make_runtime):
    return make_runtime("base", "finance")


@pytest.fixture
def house(runtime):
    return runtime.house


@pytest.fixture
def calling(runtime):
    """Call the API as somebody."""
    who = [Actor.system()]
    app = create_app(runtime, {"TESTING": True, "ACT_AS": lambda: who[0], "SECRET_KEY": "x" * 32})
    client = app.test_client()

    def call(method, path, body=None, actor=None):
        who[0] = actor or Actor.system()
        return client.open(path, method=method, json=body)

    return call


def test_no_noun_of_finance_was_left_out(runtime):
    assert [(p, str(s)) for p, s in runtime.nouns.reports] == []
    assert runtime.failed == {}


def test_an_invoice_derives_price_tax_account_and_total(calling, shop):
    body = {"party": shop.ada, "lines": [{"product": shop.tea, "quantity": "3", "price": "10"}]}
    made = calling("POST", f"{API}/customer-invoices", body)
    assert made.status_code == 201, made.json["errors"]
    assert (made.json["total"], made.json["currency"]) == ("35.70", "EUR")
    posted = calling(
        "POST", f"{API}/customer-invoices/{made.json['id']}/post", {"on": "2026-03-10"}
    )
    assert posted.status_code == 200, posted.json
    assert (posted.json["number"], posted.json["state"]) == ("INV-2026-00001", "posted")
    edited = calling("PATCH", f"{API}/invoices/{made.json['id']}", {"note": "late"})
    assert edited.status_code == 409


def test_a_bill_is_no_customer_invoice(calling, shop):
    body = {"party": shop.bob, "lines": [{"product": shop.help, "price": "10"}]}
    bill = calling("POST", f"{API}/supplier-bills", body)
    assert (bill.status_code, bill.json["kind"]) == (201, "supplier_bill")
    assert calling("GET", f"{API}/customer-invoices/{bill.json['id']}").status_code == 404
    assert calling("GET", f"{API}/invoices/{bill.json['id']}").status_code == 200


def test_a_payment_takes_the_open_amount_of_the_invoice(calling, shop):
    body = {"party": shop.ada, "lines": [{"product": shop.tea, "quantity": "1", "price": "100"}]}
    invoice = calling("POST", f"{API}/customer-invoices", body).json["id"]
    calling("POST", f"{API}/customer-invoices/{invoice}/post", {})
    made = calling("POST", f"{API}/payments", {"party": shop.ada, "lines": [{"invoice": invoice}]})
    assert made.status_code == 201, made.json["errors"]
    assert (made.json["amount"], made.json["lines"][0]["amount"]) == ("119.00", "119.00")
    posted = calling("POST", f"{API}/payments/{made.json['id']}/post", {})
    assert posted.status_code == 200, posted.json
    assert calling("GET", f"{API}/invoices/{invoice}").json["state"] == "paid"


def test_more_than_is_open_is_marked_at_its_line(calling, shop):
    body = {"party": shop.ada, "lines": [{"product": shop.tea, "quantity": "1", "price": "100"}]}
    invoice = calling("POST", f"{API}/customer-invoices", body).json["id"]
    calling("POST", f"{API}/customer-invoices/{invoice}/post", {})
    wrong = {"party": shop.ada, "amount": "500", "lines": [{"invoice": invoice, "amount": "200"}]}
    answer = calling("POST", f"{API}/payments", wrong)
    assert answer.status_code == 409
    assert "lines.0.amount" in answer.json["errors"]


def test_an_entry_by_hand_is_drafted_and_posted(calling, read):
    with read() as session:
        accounts = {a.code: a.id for a in session.scalars(select(Account))}
    lines = [
        {"account": accounts["6200"], "debit": "70"}, {"account": accounts["1010"], "credit": "70"},
    ]  # fmt: skip
    made = calling("POST", f"{API}/entries", {"text": "Rent", "lines": lines})
    assert made.status_code == 201, made.json["errors"]
    posted = calling("POST", f"{API}/entries/{made.json['id']}/post", {})
    assert (posted.status_code, posted.json["state"]) == (200, "posted")
    back = calling(
        "POST", f"{API}/entries/{made.json['id']}/reverse", {"reason": "Rent of the year before"}
    )
    assert back.status_code == 200, back.json


def test_an_unbalanced_entry_is_refused_with_a_sentence(calling, read):
    with read() as session:
        accounts = {a.code: a.id for a in session.scalars(select(Account))}
    lines = [
        {"account": accounts["6200"], "debit": "70"}, {"account": accounts["1010"], "credit": "7"},
    ]  # fmt: skip
    made = calling("POST", f"{API}/entries", {"text": "Rent", "lines": lines})
    answer = calling("POST", f"{API}/entries/{made.json['id']}/post", {})
    assert answer.status_code == 409
    assert "does not balance" in answer.json["detail"]


def test_the_auditor_reads_but_writes_nothing(calling, runtime, shop):
    import fnmatch

    patterns = runtime.wiring.roles["finance.auditor"].rights
    known = [f"finance.{n}.{v}" for n in ("invoice", "entry", "report") for v in ("read", "create")]
    known += ["base.party.read", "base.product.read"]
    rights = frozenset(r for r in known if any(fnmatch.fnmatch(r, p) for p in patterns))
    auditor = Actor(9, "Auditor", rights, (1,), 1)
    assert calling("GET", f"{API}/invoices", actor=auditor).status_code == 200
    body = {"party": shop.ada, "lines": [{"product": shop.tea}]}
    assert calling("POST", f"{API}/invoices", body, actor=auditor).status_code == 403


@pytest.mark.parametrize(
    "noun",
    [
        "accounts", "account-uses", "journals", "years", "periods", "entries", "invoices",
        "customer-invoices", "supplier-bills", "payments",
    ],
)  # fmt: skip
def test_lists_and_forms_open(calling, noun):
    assert calling("GET", f"{API}/{noun}").status_code == 200
    assert calling("GET", f"/finance/{noun}").status_code == 200


@pytest.mark.parametrize("noun", ["entries", "customer-invoices", "supplier-bills", "payments"])
def test_new_documents_open(calling, noun):
    assert calling("GET", f"/finance/{noun}/new").status_code == 200


def test_reports_are_shown_as_pages(calling, runtime):
    for name in runtime.wiring.reports:
        if name.startswith("finance.") and name != "finance.statement":
            slug = name.split(".", 1)[1]
            assert calling("GET", f"/finance/reports/{slug}").status_code == 200, slug


def test_the_pages_of_posted_documents_open(calling, shop, read):
    body = {"party": shop.ada, "lines": [{"product": shop.tea, "quantity": "1", "price": "100"}]}
    invoice = calling("POST", f"{API}/customer-invoices", body).json["id"]
    calling("POST", f"{API}/customer-invoices/{invoice}/post", {})
    lines = [{"invoice": invoice, "amount": "40"}]
    payment = calling("POST", f"{API}/payments", {"party": shop.ada, "lines": lines}).json["id"]
    calling("POST", f"{API}/payments/{payment}/post", {})
    entry = calling("GET", f"{API}/invoices/{invoice}").json["entry"]
    key = entry["id"] if isinstance(entry, dict) else entry
    for path in (
        f"customer-invoices/{invoice}", f"invoices/{invoice}", f"payments/{payment}",
        f"entries/{key}", f"reports/statement?party={shop.ada}",
        "reports/aged-receivables?detail=1",
    ):  # fmt: skip
        answer = calling("GET", f"/finance/{path}")
        assert answer.status_code == 200, path
    page = calling("GET", "/finance/reports/aged-receivables?detail=1").get_data(as_text=True)
    assert f"/finance/invoices/{invoice}" in page


def test_a_period_is_closed_and_reopened_from_its_page(calling, shop):
    body = {"party": shop.ada, "lines": [{"product": shop.tea, "quantity": "1", "price": "100"}]}
    invoice = calling("POST", f"{API}/customer-invoices", body).json["id"]
    calling("POST", f"{API}/customer-invoices/{invoice}/post", {"on": "2026-03-10"})
    (march,) = calling("GET", f"{API}/periods?name=2026-03").json["items"]
    assert calling("POST", f"{API}/periods/{march['id']}/close", {}).json["state"] == "closed"
    other = calling("POST", f"{API}/customer-invoices", body).json["id"]
    refused = calling("POST", f"{API}/customer-invoices/{other}/post", {"on": "2026-03-11"})
    assert refused.status_code == 409
    assert "2026-03" in refused.json["detail"]
    assert calling("POST", f"{API}/periods/{march['id']}/reopen", {}).json["state"] == "open"
