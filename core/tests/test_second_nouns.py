"""`dougong plugin noun`: one more noun for a plugin that is there, or a sentence and nothing written."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from test_scaffolding import chinese, files
from test_scaffolding import write as write

from dougong.cli import main
from dougong.migrations.making import differences_of
from dougong.plugins.building import assemble
from dougong.plugins.discovery import discover
from dougong.scaffolding.editing import lengthened, with_names

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[2]


@pytest.fixture
def fleet(write, tmp_path):
    """A plugin that was written a moment ago, and the command: ``fleet("trip")``."""
    assert write("fleet", "--noun", "vehicle", "--zh", "车辆", "--label-zh", "车队").exit_code == 0
    folder = tmp_path / "dougong-fleet"

    def add(*words):
        return CliRunner().invoke(main, ["plugin", "noun", *words, "--plugin", str(folder)])

    add.folder = folder
    add.plugin = folder / "dougong_fleet" / "plugin.py"
    return add


def everything(folder):
    return {name: (folder / name).read_bytes() for name in files(folder)}


def change(fleet, old, new):
    text = fleet.plugin.read_text()
    assert old in text
    fleet.plugin.write_text(text.replace(old, new))


def test_a_second_noun_has_its_room_its_place_in_every_hook_and_its_history(fleet):
    before = files(fleet.folder)

    done = fleet("service_call", "--zh", "上门服务")

    assert done.exit_code == 0, done.output
    assert files(fleet.folder) - before == {
        *(f"dougong_fleet/service_calls/{name}.py"
          for name in ("__init__", "models", "resource", "service", "workflow")),
        "dougong_fleet/migrations/fleet_0002_service_calls.py", "tests/test_service_calls.py",
    }  # fmt: skip
    built = assemble(discover(), {"fleet"})
    assert not built.failed
    assert built.wiring.owned("resources", "fleet") == ["fleet.vehicles", "fleet.service-calls"]
    entry = next(m for m in built.wiring.menus if m.key == "fleet.service-calls")
    assert entry.parent == "fleet"
    assert differences_of(["fleet"], discover().manifests) == {"fleet": []}


def test_its_words_join_those_that_are_translated_already(fleet):
    before = chinese(fleet.folder)

    done = fleet("service_call", "--zh", "上门服务")

    after = chinese(fleet.folder)
    assert {word: after[word] for word in before} == before
    assert after["Service call"] == after["Service calls"] == "上门服务"
    assert [word for word, said in after.items() if not said] == []
    assert "Still in English" not in done.output
    assert (
        "Still in English in the Chinese catalogue: Hand cart, Hand carts."
        in fleet("hand_cart").output
    )


def test_a_third_one_stands_on_the_second_and_all_is_formatted(fleet):
    assert fleet("trip").exit_code == 0
    assert fleet("depot", "--without-workflow").exit_code == 0

    assert differences_of(["fleet"], discover().manifests) == {"fleet": []}
    for words in (["check", "--no-cache"], ["format", "--check", "--no-cache"]):
        ran = subprocess.run(
            [sys.executable, "-m", "ruff", *words, "."],
            cwd=fleet.folder, capture_output=True, text=True,
        )  # fmt: skip
        assert ran.returncode == 0, ran.stdout


def test_a_role_that_may_only_some_of_it_gets_the_right(fleet):
    change(fleet, '["fleet.*"]', '["fleet.vehicle.*"]')

    assert fleet("trip").exit_code == 0

    role = assemble(discover(), {"fleet"}).wiring.roles["fleet.clerk"]
    assert list(role.rights) == ["fleet.vehicle.*", "fleet.trip.*"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["Trip!"], "“Trip!” cannot be a noun"),
        (["class"], "“class” cannot be a noun"),
        (["vehicle"], "Fleet has a noun “Vehicle” already; take another name."),
        (["trip", "--zh", 'a"b'], "The label must be one line without quotation marks."),
    ],
)
def test_a_name_that_cannot_be_used_is_refused_and_nothing_is_written(fleet, words, sentence):
    before = everything(fleet.folder)

    done = fleet(*words)

    assert (done.exit_code, sentence in done.output) == (2, True), done.output
    assert everything(fleet.folder) == before


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("return [Vehicle]", "yield Vehicle", "“models” of the plugin does not end in a list"),
        ("return [DUE]", "return [DUE]", ""),
        ("(Plugin)", "(object)", "has no class that stands on Plugin"),
        ('["fleet.*"]', "RIGHTS", "No role of the plugin has its rights written out."),
    ],
)
def test_a_plugin_that_no_program_can_lengthen_says_so_and_stays(fleet, old, new, sentence):
    change(fleet, old, new)
    before = everything(fleet.folder)

    done = fleet("trip")

    assert done.exit_code == (2 if sentence else 0), done.output
    assert sentence in done.output
    assert (everything(fleet.folder) == before) is bool(sentence)


def test_a_file_in_the_way_is_left_as_it_is(fleet):
    (fleet.folder / "tests" / "test_trips.py").write_text("mine")
    before = everything(fleet.folder)

    done = fleet("trip")

    assert (done.exit_code, "is there already" in done.output) == (2, True)
    assert everything(fleet.folder) == before


@pytest.mark.parametrize("toml", [None, "", "[project]\nname = 'x'\n", "not TOML"])
def test_a_folder_that_holds_no_plugin_is_refused(tmp_path, toml):
    if toml is not None:
        (tmp_path / "pyproject.toml").write_text(toml)

    done = CliRunner().invoke(main, ["plugin", "noun", "trip", "--plugin", str(tmp_path)])

    assert (done.exit_code, "is not the folder of a plugin" in done.output) == (2, True)
    assert files(tmp_path) == ({"pyproject.toml"} if toml is not None else set())


@pytest.mark.parametrize(
    ("text", "longer"),
    [
        ("x = []\n", "x = [New]\n"),
        ("x = [A, B]  # two\n", "x = [A, B, New]  # two\n"),
        ("x = [\n    A,  # one\n]\n", "x = [\n    A,  # one\n    New,\n]\n"),
        ("x = [\n    A\n]\n", "x = [\n    A,\n    New,\n]\n"),
        ("x = [A,\n     B]\n", "x = [\n    A,\n    B,\n    New,\n]\n"),
        ("x = ['车', A]\n", "x = ['车', A, New]\n"),
    ],
)
def test_a_list_is_lengthened_in_its_own_form(text, longer):
    (statement,) = ast.parse(text).body

    assert lengthened(text, statement.value, "New") == longer


def test_an_import_stands_where_the_formatter_puts_it():
    text = "import os\n\nfrom dougong import Plugin, hookimpl\nfrom dougong_fleet.zebras import Z\n"

    text = with_names(text, "dougong", {"MenuItem", "_"})
    text = with_names(text, "dougong_fleet.cars", {"Car"})

    assert text == (
        "import os\n\nfrom dougong import MenuItem, Plugin, _, hookimpl\n"
        "from dougong_fleet.cars import Car\nfrom dougong_fleet.zebras import Z\n"
    )
