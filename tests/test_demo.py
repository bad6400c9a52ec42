"""The demo company is alive, and its books are sound."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

CLI = Path(__file__).resolve().parent.parent / "cli.py"


def dougong(home, *args):
    environment = {"DOUGONG_HOME": str(home), "PATH": "", "LANG": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, CLI, *args], env=environment, capture_output=True, text=True, check=False
    )


#: What a visitor should find at least one of, by table.
EVERY_STATE = {
    "crm_lead": {"new", "contacted", "lost"},
    "crm_quote": {"draft", "sent", "rejected"},
    "crm_order": {"draft", "confirmed", "done", "cancelled"},
    "crm_return": {"confirmed"},
    "inventory_delivery": {"waiting", "partial", "ready", "shipped", "cancelled"},
    "inventory_count": {"draft", "done"},
    "inventory_receipt": {"received"},
    "finance_invoice": {"draft", "posted", "partly", "paid"},
    "finance_entry": {"draft", "posted"},
}
#: And what is late, half done or taken back.
LIFE = [
    "SELECT count(*) FROM finance_invoice WHERE open > 0 AND due_on < date('now')",
    "SELECT count(*) FROM finance_invoice WHERE kind = 'supplier_bill' AND state = 'partly'",
    "SELECT count(*) FROM finance_invoice WHERE kind = 'customer_credit' AND state = 'posted'",
    "SELECT count(*) FROM inventory_delivery WHERE backorder_of_id IS NOT NULL",
    "SELECT count(*) FROM crm_order_line WHERE delivered > 0 AND delivered < quantity",
]


def assert_lively(home):
    with closing(sqlite3.connect(home / "dougong.db")) as connection:
        for table, states in EVERY_STATE.items():
            found = {state for (state,) in connection.execute(f"SELECT state FROM {table}")}
            assert states <= found, table
        for question in LIFE:
            assert connection.execute(question).fetchone()[0], question


def assert_every_ready_card_has_a_figure(home):
    """Each department ships a dashboard, and the demo company fills every card of it."""
    from dougong import Actor
    from dougong.dashboards.boards import from_declared
    from dougong.dashboards.drawing import Reader, show
    from dougong.plugins.registry import Runtime
    from dougong.resources.formats import formats

    runtime = Runtime(f"sqlite:///{home / 'dougong.db'}", {"SECRET_KEY": "for tests only " * 3})
    reader, found = Reader(runtime, Actor.system(), formats("en")), {}
    for board in runtime.wiring.dashboards.values():
        for card in board.cards:
            with runtime.house.read(reader.actor) as session:
                shown = show(reader, session, from_declared(board, card))
            assert shown.kind == card.kind, f"{board.name}/{card.name}: {shown.sentence}"
            full = {
                "number": shown.number,
                "rows": shown.rows,
                "chart": shown.chart and not shown.chart.empty,
            }
            assert full[card.kind], f"{board.name}/{card.name} is empty"
            found.setdefault(board.name.partition(".")[0], []).append(shown.number.strip("0."))
    runtime.close()
    assert set(found) == {
        "crm", "finance", "inventory", "production", "purchasing", "hr", "logistics",
    }  # fmt: skip
    # A figure may be nought, but not all of them.
    assert all(sum(map(bool, figures)) >= 3 for figures in found.values())


def test_only_those_are_named_whose_role_there_is_and_a_customer(tmp_path):
    made = dougong(tmp_path / "demo", "demo", "--with", "crm", "--json")

    assert made.returncode == 0, made.stderr
    assert list(json.loads(made.stdout)["log_ins"]) == ["admin", "sales", "customer"]


def test_a_log_in_that_is_taken_is_named_with_its_role_and_keeps_its_password(tmp_path):
    home = tmp_path / "demo"
    assert dougong(home, "init").returncode == 0
    assert dougong(home, "user", "add", "sales", "--name", "Mo Sales").returncode == 0

    made = dougong(home, "demo", "--with", "crm", "--json")

    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    assert told["left_out"] == [{"login": "sales", "role": "crm.manager"}]
    assert list(told["log_ins"]) == ["admin", "customer"]


def test_the_demo_company_trades_and_everything_agrees(tmp_path):
    made = dougong(tmp_path / "demo", "demo")
    assert made.returncode == 0, made.stderr
    for name in (
        "admin", "sales", "warehouse", "accountant", "buyer", "planner", "dispatcher", "driver",
        "people", "lead", "employee", "customer",
    ):  # fmt: skip
        assert name in made.stdout

    checked = json.loads(dougong(tmp_path / "demo", "check", "--json").stdout)
    assert checked["ok"], checked
    books = dougong(tmp_path / "demo", "report", "finance.aged-receivables", "--format", "json")
    assert books.returncode == 0, books.stderr

    assert_lively(tmp_path / "demo")
    assert_every_ready_card_has_a_figure(tmp_path / "demo")

    again = dougong(tmp_path / "demo", "demo")
    assert again.returncode == 0
    assert again.stdout.splitlines()[-5:] == made.stdout.splitlines()[-5:]
