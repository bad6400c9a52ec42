"""From an empty house to a paid invoice, at a terminal: files brought in, steps taken, figures asked."""

from __future__ import annotations

import datetime as dt
import json
import os
import subprocess
import sys
from decimal import Decimal

import pytest

FILES = {
    "crm.customers": "code,name\nC-LOU,Lou Lindner\n",
    "base.products": "code,name,sales_price,cost_price\nLAMP,Desk lamp,40,15\n",
    "inventory.openings": "lines.product,lines.quantity,lines.unit_cost\nLAMP,20,15\n",
    "crm.orders": "customer,reference,lines.product,lines.quantity\nC-LOU,SHOP-1,LAMP,3\n",
}
#: One process each: what a person types after the files are in.
STEPS = (
    ("inventory.openings", "open"),
    ("crm.orders", "confirm"),
    ("inventory.deliveries", "ship"),
    ("finance.customer-invoices", "post"),
    ("finance.customer-invoices", "pay"),
)


@pytest.fixture
def dougong(databases, tmp_path):
    """Say words to ``dougong`` in a process of its own; what it answers."""
    from dougong.testing import SHIPPED

    url = databases.copy(SHIPPED)
    surroundings = os.environ | {"DOUGONG_DATABASE_URL": url, "DOUGONG_HOME": str(tmp_path)}

    def say(*words, code=0):
        line = [sys.executable, "-c", "from dougong.cli import main; main()", *words]
        done = subprocess.run(line, env=surroundings, capture_output=True, text=True, timeout=120)
        assert done.returncode == code, (words, done.stdout, done.stderr)
        assert "Traceback" not in done.stderr
        say.complaint = done.stderr
        return done.stdout

    yield say
    databases.drop(url)


def test_from_nothing_to_a_paid_invoice(dougong, tmp_path):
    for resource, text in FILES.items():
        file = tmp_path / f"{resource}.csv"
        file.write_text(text, "utf-8")
        told = json.loads(dougong("import", resource, str(file), "--json"))
        assert told["created"] == 1, (resource, told)
    for resource, step in STEPS:
        told = json.loads(dougong("step", resource, step, "--json"))
        assert (told["found"], told["done"]) == (1, 1), (resource, step, told)

    year = dt.date.today().year
    dates = ("-p", f"start={year}-01-01", "-p", f"end={year}-12-31")
    told = json.loads(dougong("report", "finance.trial-balance", *dates, "--format", "json"))
    closing = [Decimal(str(line["closing"])) for line in told["lines"]]
    assert any(closing)
    assert sum(closing) == 0
    finished = dougong("export", "crm.orders", "--filter", "state=done", "--format", "json")
    assert [order["reference"] for order in json.loads(finished)] == ["SHOP-1"]
    dougong("company", "add", "EAST", "Eastern branch")
    orders = ("export", "crm.orders", "--format", "json", "--company")
    assert (len(json.loads(dougong(*orders, "MAIN"))), json.loads(dougong(*orders, "EAST"))) == (
        1,
        [],
    )


def test_a_file_with_a_mistake_says_where_and_keeps_nothing(dougong, tmp_path):
    file = tmp_path / "customers.csv"
    file.write_text("code,name\nC-1,Lou\nC-2,\n", "utf-8")

    told = json.loads(dougong("import", "crm.customers", str(file), "--json", code=1))

    assert [(m["line"], m["column"]) for m in told["errors"]] == [(3, "name")]
    assert "C-1" not in dougong("export", "crm.customers", "--format", "json")


def test_an_import_is_listed_and_undone_whole_or_not_at_all(dougong, tmp_path):
    file = tmp_path / "customers.csv"
    file.write_text("code,name\nC-1,Lou\nC-2,Ann\n", "utf-8")
    run = json.loads(dougong("import", "crm.customers", str(file), "--json"))["import"]
    (told,) = json.loads(dougong("import", "list", "--json"))
    assert (told["id"], told["file"], told["created"]) == (run, "customers.csv", 2)

    tried = json.loads(dougong("import", "undo", str(run), "--dry-run", "--json"))
    assert tried == {"removed": 2, "restored": 0, "undone": False}
    assert "C-1" in dougong("export", "crm.customers", "--format", "json")
    assert "Say --yes" in complaint(dougong, "import", "undo", str(run))
    dougong("import", "undo", str(run), "--yes")
    assert "C-1" not in dougong("export", "crm.customers", "--format", "json")

    assert "undone already" in complaint(dougong, "import", "undo", str(run), "--yes")
    assert "There is no import 77" in complaint(dougong, "import", "undo", "77", "--yes")


def test_a_customer_with_an_order_keeps_the_import_from_being_undone(dougong, tmp_path):
    for resource in ("crm.customers", "base.products", "crm.orders"):
        file = tmp_path / f"{resource}.csv"
        file.write_text(FILES[resource], "utf-8")
        dougong("import", resource, str(file))
    told = {one["resource"]: one["id"] for one in json.loads(dougong("import", "list", "--json"))}

    said = complaint(dougong, "import", "undo", str(told["crm.customers"]), "--yes")

    assert "Lou Lindner is used in" in said
    for resource in ("crm.orders", "base.products", "crm.customers"):
        dougong("import", "undo", str(told[resource]), "--yes")
    for resource in told:
        assert json.loads(dougong("export", resource, "--format", "json")) == []


def complaint(dougong, *words):
    """What it says when it refuses."""
    dougong(*words, code=1)
    return dougong.complaint
