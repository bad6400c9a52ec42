"""The compatibility run tells the truth: a table, and an exit code."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[1]
KEPT = {
    "name": "fleet", "version": "1.2", "api": ">=1,<2", "level": "gold", "tests": 12, "wrong": [],
    "promises": {"kept": 15, "broken": 0}, "old_names": [], "to_mend": [],
    "seconds": {"SQLite": 20, "PostgreSQL": 31},
}  # fmt: skip
BROKEN = KEPT | {
    "name": "pond", "level": "bronze", "promises": {"kept": 14, "broken": 1},
    "wrong": ["PostgreSQL: a purge leaves nothing: pond_boat is still there"],
    "old_names": ["dougong.key_to goes with version 2.0: write dougong.link_to. (plugin.py:5)"],
}  # fmt: skip


@pytest.fixture
def tool():
    spec = importlib.util.spec_from_file_location("run_contracts", ROOT / "tools/run_contracts.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(tool, monkeypatch, capsys, results, *words):
    monkeypatch.setattr(tool, "prove", lambda *given, **named: results)
    monkeypatch.setattr("sys.argv", ["run_contracts.py", *words])
    with pytest.raises(SystemExit) as ended:
        tool.main()
    return ended.value.code, capsys.readouterr().out


def test_each_plugin_has_a_line_with_its_promises_and_seconds(tool, monkeypatch, capsys):
    code, told = run(tool, monkeypatch, capsys, [KEPT])

    head, line, last = told.splitlines()
    assert head.split() == [
        "plugin", "version", "written", "for", "promises", "own", "tests", "level",
        "SQLite", "s", "PostgreSQL", "s",
    ]  # fmt: skip
    assert line.split() == [
        "✓",
        "fleet",
        "1.2",
        ">=1,<2",
        "15",
        "of",
        "15",
        "12",
        "gold",
        "20",
        "31",
    ]
    assert (code, last) == (0, "1 plugins, 0 with broken promises.")


def test_a_broken_promise_and_an_old_name_are_told_and_the_exit_code_says_so(
    tool, monkeypatch, capsys
):
    code, told = run(tool, monkeypatch, capsys, [KEPT, BROKEN])

    assert code == 1
    assert "✗ pond: PostgreSQL: a purge leaves nothing: pond_boat is still there" in told
    assert "! pond: dougong.key_to goes with version 2.0: write dougong.link_to." in told
    assert told.endswith("2 plugins, 1 with broken promises.\n")


def test_postgresql_is_named_where_there_is_none(tool, monkeypatch, capsys):
    monkeypatch.delenv("DOUGONG_TEST_URL", raising=False)

    code, _told = run(tool, monkeypatch, capsys, [], "--database", "both")

    assert "with_postgres.py" in code
