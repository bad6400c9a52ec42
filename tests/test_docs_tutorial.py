"""The author's tutorial, done from the empty folder by somebody who believes every word of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po, write_po
from docs_runner import CHAIN, Reader

pytestmark = pytest.mark.once

PAGE = Path(__file__).parents[1] / "docs" / "author" / "tutorial.md"
METADATA = (
    "Metadata-Version: 2.1\nName: dougong-warranty\nVersion: 0.1.0\n"
    "Requires-Dist: dougong-core\nRequires-Dist: dougong-base\n"
)


def install(reader: Reader, place: Path) -> None:
    """What `pip install -e .` leaves behind."""
    info = place / "dougong_warranty-0.1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(METADATA)
    entry = "[dougong.plugins]\nwarranty = dougong_warranty.plugin:plugin\n"
    (info / "entry_points.txt").write_text(entry)


def translate(reader: Reader) -> None:
    """Fill in the pairs that the page gives."""
    pairs = dict(
        line.rsplit("=", 1)
        for line in (reader.folder / "words.txt").read_text("utf-8").split("\n")[:-1]
    )
    file = next(reader.folder.rglob("messages.po"))
    with file.open("rb") as source:
        catalog = read_po(source)
    for message in catalog:
        message.string = pairs.get(message.id, "") or message.string
        message.flags.discard("fuzzy")  # somebody has read it
    with file.open("wb") as target:
        write_po(target, catalog)


@pytest.fixture
def reader(databases, tmp_path):
    url = databases.copy(CHAIN)
    reader = Reader(tmp_path, url, (tmp_path / "here", tmp_path / "installed"))
    install(reader, tmp_path / "installed")
    yield reader
    databases.drop(url)


def test_the_tutorial_makes_a_plugin_that_keeps_every_promise(reader):
    done = []
    for kind, what in reader.follow(PAGE):
        done.append(what)
        if kind == "file" and what == "words.txt":
            translate(reader)

    assert "dougong_warranty/plugin.py" in done
    assert done[-1] == "python -m pytest -q tests"
