"""The demo company is alive, and its books are sound."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

CLI = Path(__file__).resolve().parent.parent / "cli.py"


def dougong(home, *args):
    environment = {"DOUGONG_HOME": str(home), "PATH": "", "LANG": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, CLI, *args], env=environment, capture_output=True, text=True, check=False
    )


def test_the_demo_company_trades_and_everything_agrees(tmp_path):
    made = dougong(tmp_path / "demo", "demo")
    assert made.returncode == 0, made.stderr
    for name in ("admin", "sales", "warehouse", "accountant"):
        assert name in made.stdout

    checked = json.loads(dougong(tmp_path / "demo", "check", "--json").stdout)
    assert checked["ok"], checked
    books = dougong(tmp_path / "demo", "report", "finance.aged-receivables", "--format", "json")
    assert books.returncode == 0, books.stderr

    again = dougong(tmp_path / "demo", "demo")
    assert again.returncode == 0
    assert again.stdout.splitlines()[-5:] == made.stdout.splitlines()[-5:]
