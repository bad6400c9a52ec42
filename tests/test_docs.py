"""The documentation fails when it lies."""

from __future__ import annotations

import importlib.util
import inspect
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from dougong.cli import main
from dougong.hookspecs import Hooks

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
HELLO = ROOT / "examples" / "hello"
FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```", re.M | re.S)
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")


def name_of(path):
    return str(path.relative_to(ROOT))


def commands_in(text):
    """Every `dougong …` of a shell block or between backticks, as words."""
    shell = [
        re.sub(r"^\$ ", "", body.replace("\\\n", " "), flags=re.M)
        for kind, body in FENCE.findall(text)
        if kind in {"sh", "console", ""}
    ]
    lines = [line for body in shell for line in body.splitlines()]
    lines += re.findall(r"`([^`]+)`", FENCE.sub("", text))
    for line in lines:
        said = re.fullmatch(r"(?:[A-Z_]+=\S+ )*dougong (.+)", " ".join(line.split()))
        if said and not set("…<") & set(line):
            yield shlex.split(said[1], comments=True)


def check_command(words):
    """Follow the words from group to command; every option must be one it knows."""
    command, context, rest = main, click.Context(main), list(words)
    while isinstance(command, click.Group) and rest and not rest[0].startswith("--"):
        inner = command.get_command(context, rest[0])
        if inner is None and "documents" in command.list_commands(context):
            command = command.get_command(context, "documents")
            break
        assert inner is not None, f"dougong {shlex.join(words)}: there is no {rest[0]}"
        command, context = inner, click.Context(inner, parent=context, info_name=rest.pop(0))
    known = {"--help", *(o for p in command.params for o in [*p.opts, *p.secondary_opts])}
    for word in rest:
        if word.startswith("--"):
            assert word.split("=")[0] in known, f"dougong {shlex.join(words)}: no {word}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_command_a_page_names_exists(page):
    for words in commands_in(page.read_text(encoding="utf-8")):
        check_command(words)


def test_a_command_that_is_not_there_is_noticed():
    with pytest.raises(AssertionError, match="there is no vanish"):
        check_command(["plugin", "vanish"])
    with pytest.raises(AssertionError, match="no --sideways"):
        check_command(["check", "--sideways"])


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_relative_link_leads_somewhere(page):
    for target in LINK.findall(page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_page_names_a_place_on_the_machine_it_was_written_on(page):
    assert not re.search(r"(?<!\w)/(work|home|root|Users)/", page.read_text(encoding="utf-8"))


def tool(name):
    """A script of tools/, as a module."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_pictures_are_what_their_script_draws():
    diagrams = tool("diagrams")
    for name, picture in diagrams.PICTURES.items():
        drawn = (DOCS / "images" / f"{name}.svg").read_text(encoding="utf-8")
        assert drawn == picture(), "Run: python tools/diagrams.py"


def test_the_reference_is_what_the_code_says():
    reference = tool("reference")

    for path, page in reference.pages().items():
        written = path.read_text(encoding="utf-8")
        assert written == page, f"{path.name} is stale. Run: python tools/reference.py"


def test_the_reference_knows_every_hook_event_port_fixture_and_field():
    from dougong import resources
    from dougong.testing import SHIPPED
    from dougong_base import events, ports

    written = {p.name: p.read_text(encoding="utf-8") for p in (DOCS / "author").glob("*.md")}
    for name, hook in vars(Hooks).items():
        if inspect.isfunction(hook):
            assert f"\n## `{name}`\n" in written["hooks.md"]
    for name in (*events.__all__, *ports.__all__):
        assert f"\n### `{name}`\n" in written["events.md"]
    for name in {*resources.__all__} - {"Noun", "Nouns", "build"}:
        assert f"# `{name}`\n" in written["nouns.md"], name
    for fixture in ("work", "client_as", "make", "clock", "events", "run_cli"):
        assert f"| `{fixture}` |" in written["testing.md"]
    told = (DOCS / "architecture.md").read_text(encoding="utf-8")
    assert all(f"| {name} |" in told for name in SHIPPED)


def test_hello_is_printed_as_it_is_and_takes_less_than_twenty_lines():
    guide = (DOCS / "author" / "index.md").read_text(encoding="utf-8")
    for path in ("dougong_hello/plugin.py", "dougong_hello/dougong.toml", "pyproject.toml",
                 "tests/test_hello.py"):  # fmt: skip
        assert f'title="{path}"\n{(HELLO / path).read_text(encoding="utf-8")}```' in guide, path
    assert len((HELLO / "dougong_hello/plugin.py").read_text().splitlines()) < 20


def test_every_decision_is_listed():
    listed = (DOCS / "decisions" / "index.md").read_text(encoding="utf-8")
    for page in (DOCS / "decisions").glob("0*.md"):
        assert f"({page.name})" in listed


def test_the_change_log_can_be_written_from_its_fragments():
    pytest.importorskip("towncrier", reason="towncrier is not installed")
    done = subprocess.run(
        [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "9.9.9"],
        cwd=ROOT, capture_output=True, text=True, timeout=60,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    for fragment in (ROOT / "changelog").glob("*.md"):
        words = " ".join(fragment.read_text(encoding="utf-8").split())
        assert words[:40] in " ".join(done.stdout.split()), fragment.name
