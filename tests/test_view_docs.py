"""The documentation of the SQL views says what the migrations make."""

from __future__ import annotations

import re
from pathlib import Path

from dougong.operations.views import describe

PAGE = Path(__file__).parent.parent / "docs" / "admin" / "views.md"


def test_every_view_and_column_is_documented(runtime):
    told: dict[str, list[str]] = {}
    for line in PAGE.read_text("utf-8").splitlines():
        if heading := re.match(r"## `(\w+)`", line):
            told[heading[1]] = []
        elif row := re.match(r"\| `(\w+)` \|", line):
            told[list(told)[-1]].append(row[1])

    made = {
        view.name: [name for name, _kind in view.columns]
        for view in describe(runtime.engine, runtime.wiring.views)
    }
    assert made == told, "write docs/admin/views.md anew: dougong config views --markdown"
    assert set(made) == set(runtime.wiring.views)
