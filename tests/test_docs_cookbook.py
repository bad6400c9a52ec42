"""The cookbook, done as it is printed on both databases: every recipe, its test, and the upgrade."""

from __future__ import annotations

from pathlib import Path

import pytest
from docs_runner import BLOCK, CHAIN, Reader

PAGE = Path(__file__).parents[1] / "docs" / "author" / "cookbook.md"
METADATA = (
    "Metadata-Version: 2.1\nName: dougong-workshop\nVersion: 0.1.0\n"
    "Requires-Dist: dougong-core\nRequires-Dist: dougong-base\n"
)


@pytest.fixture
def reader(databases, tmp_path):
    url = databases.copy(CHAIN)
    reader = Reader(tmp_path, url, (tmp_path / "here", tmp_path / "installed"))
    info = tmp_path / "installed" / "dougong_workshop-0.1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(METADATA)
    entry = "[dougong.plugins]\nworkshop = dougong_workshop.plugin:plugin\n"
    (info / "entry_points.txt").write_text(entry)
    yield reader
    databases.drop(url)


def test_every_recipe_works_as_it_is_printed(reader):
    done = [what for _kind, what in reader.follow(PAGE)]

    assert "python -m pytest -q tests" in done
    assert done[-1] == "dougong export workshop.repairs --as-seen | tail -n 2"


@pytest.mark.once
def test_every_recipe_has_its_test():
    text = PAGE.read_text("utf-8")
    recipes = [part for part in text.split("\n## ")[1:] if not part.startswith("All of it")]
    assert len(recipes) == 29
    assert "\nTwenty-nine things that plugins do" in text
    for recipe in recipes:
        titles = [title for _kind, title, _body in BLOCK.findall(f"\n{recipe}")]
        proven = any(title.startswith("tests/") for title in titles) or "console" in recipe
        assert proven, recipe.splitlines()[0]
