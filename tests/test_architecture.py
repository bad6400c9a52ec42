"""The house keeps its shape: who may import whom, who commits, how long a room may grow."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = {
    path.parent.name: path.parent
    for path in [ROOT / "core/dougong/__init__.py", *ROOT.glob("plugins/*/dougong_*/__init__.py")]
}
#: What a package shows to others beside its own name.
PUBLIC = {"", "events", "ports"}


def files(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*.py") if "/migrations/versions/" not in p.as_posix()]


OURS = [(package, path) for package, folder in PACKAGES.items() for path in files(folder)]
IDS = [str(path.relative_to(ROOT)) for _package, path in OURS]


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return found


def requires(package: str) -> set[str]:
    manifest = PACKAGES[package] / "dougong.toml"
    named = tomllib.loads(manifest.read_text("utf-8"))["plugin"]["requires"]
    return {f"dougong_{name.split('>')[0].split('=')[0].strip()}" for name in named}


@pytest.mark.parametrize(("package", "path"), OURS, ids=IDS)
def test_a_package_sees_only_the_public_face_of_what_it_requires(package, path):
    for module in imports_of(path):
        other, _, inside = module.partition(".")
        if not other.startswith("dougong") or other in (package, "dougong"):
            continue
        assert package != "dougong", f"the core must not import {module}"
        assert other in requires(package), f"{package} does not require {other}"
        assert inside in PUBLIC, f"{module} is private to {other}"


RULES = [(p, f) for p, f in OURS if f.name in ("models.py", "service.py", "queries.py")]


@pytest.mark.parametrize(
    ("package", "path"), RULES, ids=[str(f.relative_to(ROOT)) for _p, f in RULES]
)
def test_business_rules_know_nothing_of_the_web(package, path):
    strangers = {m.split(".")[0] for m in imports_of(path)} & {
        "flask",
        "jinja2",
        "click",
        "werkzeug",
    }
    assert not strangers


def test_the_word_commit_is_called_once():
    callers = {
        str(path.relative_to(ROOT))
        for _package, path in OURS
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
        and "savepoint" not in ast.dump(node.func)
    }
    assert callers == {"core/dougong/unit_of_work/unit.py"}


def test_nobody_computes_with_floats():
    """Amounts and quantities are Decimal; ``float(…)`` is for drawing and for clocks."""
    users = {
        str(path.relative_to(ROOT))
        for _package, path in OURS
        if path.name in ("models.py", "service.py", "compute.py", "valuation.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "float"
    }
    assert not users


def test_nothing_in_the_product_names_the_folder_of_sample_data():
    texts = [p for _package, p in OURS]
    assert not [p for p in texts if "../shared" in p.read_text("utf-8")]


def test_the_frame_takes_no_name_that_a_page_may_use():
    """What the frame of all pages sets comes after what a page was given, and would hide it."""
    frames = [
        ROOT / "core/dougong/templates/core" / name for name in ("layout.html", "outside.html")
    ]
    names = {n for frame in frames for n in re.findall(r"{%-? set (\w+)", frame.read_text("utf-8"))}
    assert {name for name in names if not name.startswith("frame_")} == set()


def test_one_word_has_one_chinese_in_the_whole_house():
    """A third party speaks its own words; ours say the same by the same."""
    from dougong.web.catalogues import TRANSLATED, clashes, packages

    said = [str(clash) for code in TRANSLATED for clash in clashes(packages(), code)]
    assert said == []


def test_chinese_sentences_are_punctuated_in_chinese():
    """A comma or a bracket of half the width between Chinese signs looks like a slip of the hand."""
    from dougong.web.catalogues import TRANSLATED, known_words, packages

    sign = "[\u4e00-\u9fff]"
    narrow = re.compile(rf"{sign}[,:;!?]|[,:;!?]{sign}|{sign}\(|\({sign}")
    said = [
        one
        for code in TRANSLATED
        for text in known_words(packages(), code).values()
        for one in ([text] if isinstance(text, str) else text)
    ]
    assert [one for one in said if narrow.search(one)] == []
