"""The page of broken plugins: each mistake that the tests write, and what its author reads."""

from __future__ import annotations

import sys
import tempfile
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dougong.errors import Refused
from dougong.plugins.building import assemble
from dougong.plugins.discovery import discover
from dougong.plugins.files import check_history
from dougong.plugins.founding import found_house
from dougong.plugins.lifecycle import Lifecycle
from dougong.plugins.locating import PluginFault
from dougong.plugins.registry import with_nouns
from dougong.testing_databases import COMPANY
from referring.saying import STALE

TESTS = Path(__file__).parents[2] / "core" / "tests"


def gallery() -> str:
    """Every mistake is written into a package of its own and loaded, as the tests do."""
    sys.path.insert(0, str(TESTS))
    import test_gallery as tests

    parts: dict[str, Mapping[str, Any]] = {
        "In `dougong.toml` and the package": tests.MANIFESTS,
        "In a hook or a model": tests.SICK,
        "In a template or what a hook returns": tests.FILES,
        "In a noun": tests.NOUNS,
        "In a history": tests.REVISIONS,
        "In a step that meets rows (as SQLite says it)": tests.UPGRADES,
    }
    count = sum(map(len, parts.values()))
    text = f"""# When something is wrong

{count} mistakes, and what you read: the plugin, what is wrong, what to do, and the file with its line, where
a line says it. None of them stops the house or another plugin, and no page of a plugin that is left out
answers; a test writes each of them and looks. A noun or an extension that is wrong is left out alone, the
rest of its plugin works. `dougong plugin doctor` tells all of this, `dougong serve --strict` refuses to start
with it. {STALE}
"""
    for title, cases in parts.items():
        text += f"\n## {title}\n\n| mistake | what you read |\n| --- | --- |\n"
        for what, told in _told(cases, tests):
            text += f"| {what} | {told.replace('|', chr(92) + '|')} |\n"
    return text


def _told(cases: Mapping[str, Any], tests: Any) -> Iterator[tuple[str, str]]:
    for what, case in cases.items():
        with tempfile.TemporaryDirectory() as place, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            author = tests.Author(Path(place))
            sys.path.insert(0, place)
            written, sys.dont_write_bytecode = sys.dont_write_bytecode, True
            try:
                tests.write_sick(author, cases, case)
                told = _refused(place) if cases is tests.UPGRADES else _sentence()
                yield what, " ".join(told.split()).replace(place, "…")
            finally:
                author.restart()
                sys.path.remove(place)
                sys.dont_write_bytecode = written


def _refused(place: str) -> str:
    """What is said when it is installed."""
    url = f"sqlite:///{place}/house.db"
    found_house(url, COMPANY)
    life = Lifecycle(url, discover())
    try:
        life.install(["sick"])
    except Refused as refusal:
        return str(refusal)
    finally:
        life.close()
    return ""


def _sentence() -> str:
    """Why the plugin, or a noun of it, is left out."""
    found = discover()
    if problem := found.problems.get("sick"):
        return str(problem)
    try:
        check_history(found.manifests["sick"])
    except PluginFault as fault:
        return str(fault)
    built = assemble(found, {"sick"})
    nouns, built = with_nouns(found, {"sick"}, built)
    if "sick" in built.failed:
        return str(built.failed["sick"])
    return str(nouns.left_out()["sick"][0])
