"""The one door: what a plugin author imports is listed three times, and the lists agree."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import dougong

pytestmark = pytest.mark.once


def test_the_door_shows_the_same_names_to_people_and_to_type_checkers():
    tree = ast.parse(Path(dougong.__file__).read_text("utf-8"))
    (typed,) = (
        branch.body
        for branch in tree.body
        if isinstance(branch, ast.If) and ast.unparse(branch.test) == "TYPE_CHECKING"
    )
    imported = {
        (line.module, alias.asname or alias.name)
        for line in typed
        if isinstance(line, ast.ImportFrom)
        for alias in line.names
    }
    lazy = {(home, name) for home, names in dougong._HOMES.items() for name in names}
    assert imported == lazy
    assert sorted(dougong.__all__) == sorted(dougong._HOME_OF)


def test_every_name_at_the_door_is_there():
    assert not [name for name in dougong.__all__ if not hasattr(dougong, name)]
