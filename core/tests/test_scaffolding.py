"""A new plugin from templates: whole from its first day, and nothing is overwritten."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner

from dougong.cli import main
from dougong.migrations.making import create_revision, differences_of
from dougong.plugins.building import assemble
from dougong.plugins.collecting import forget
from dougong.plugins.discovery import discover
from dougong.scaffolding.writing import PARTS, plural

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[2]
#: A noun with list, form, kanban, API, import and export, from its model to its resource.
MOST_LINES = 60


@pytest.fixture
def write(tmp_path, monkeypatch):
    """``dougong plugin new …`` in an empty folder, and its package on the path."""
    monkeypatch.chdir(tmp_path)

    def new(*words):
        done = CliRunner().invoke(main, ["plugin", "new", *words])
        if done.exit_code == 0:
            folder = tmp_path / f"dougong-{words[0]}"
            info = tmp_path / f"dougong_{words[0]}-0.1.0.dist-info"
            info.mkdir()
            (info / "METADATA").write_text(
                f"Metadata-Version: 2.1\nName: {folder.name}\nVersion: 0.1.0\n"
            )
            (info / "entry_points.txt").write_text(
                f"[dougong.plugins]\n{words[0]} = dougong_{words[0]}.plugin:plugin\n"
            )
            monkeypatch.syspath_prepend(str(tmp_path))
            monkeypatch.syspath_prepend(str(folder))
            importlib.invalidate_caches()
        return done

    yield new
    forget("fleet", "dougong_fleet")


def files(folder):
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    # What Python has compiled in passing is nobody's work.
    return {name for name in found if "__pycache__" not in name}


def test_it_has_a_noun_a_workflow_a_report_a_menu_a_history_words_and_tests(write, tmp_path):
    done = write("fleet", "--noun", "rental_car", "--label", "Fleet rental", "--requires", "base")

    assert done.exit_code == 0, done.output
    assert files(tmp_path / "dougong-fleet") >= {
        "README.md", "pyproject.toml", "tests/test_contract.py", "tests/test_fleet.py",
        "dougong_fleet/dougong.toml", "dougong_fleet/rental_cars/models.py",
        "dougong_fleet/rental_cars/workflow.py", "dougong_fleet/reports/due.py",
        "dougong_fleet/migrations/fleet_0001_first.py",
        "dougong_fleet/translations/zh_Hans_CN/LC_MESSAGES/messages.po",
    }  # fmt: skip
    built = assemble(discover(), {"base", "fleet"})
    assert not built.failed
    assert built.wiring.owned("resources", "fleet") == ["fleet.rental-cars"]
    assert built.wiring.owned("reports", "fleet") == ["fleet.due"]


def test_what_is_generated_passes_the_linter_and_is_formatted_its_new_revision_too(write, tmp_path):
    write("fleet", "--noun", "rental_car")
    folder = tmp_path / "dougong-fleet"

    create_revision("fleet", "first", discover().manifests, fresh=True)

    for words in (["check", "--no-cache"], ["format", "--check", "--no-cache"]):
        for rules in ([], ["--config", str(ROOT / "pyproject.toml")]):
            ran = subprocess.run(
                [sys.executable, "-m", "ruff", *words, *rules, "."],
                cwd=folder, capture_output=True, text=True,
            )  # fmt: skip
            assert ran.returncode == 0, ran.stdout


def chinese(folder):
    with (folder / "dougong_fleet/translations/zh_Hans_CN/LC_MESSAGES/messages.po").open(
        "rb"
    ) as file:
        return {message.id: message.string for message in read_po(file) if message.id}


def test_the_chinese_catalogue_says_the_words_of_the_template_and_what_the_author_called_it(
    write, tmp_path
):
    done = write(
        "fleet", "--noun", "hand_cart", "--zh", "手推车", "--label", "Fleet", "--label-zh", "车队"
    )

    said = chinese(tmp_path / "dougong-fleet")
    assert said["Hand cart"] == said["Hand carts"] == "手推车"
    assert (said["Fleet"], said["Fleet: clerk"]) == ("车队", "车队：经办人")
    assert said["Due: Hand carts"] == "到期：手推车"
    assert [english for english, word in said.items() if word == english or not word] == []
    assert "Still in English" not in done.output


def test_a_word_that_the_author_did_not_translate_is_kept_and_named(write, tmp_path):
    done = write("fleet", "--noun", "hand_cart")

    said = chinese(tmp_path / "dougong-fleet")
    assert [word for word, told in said.items() if word == told] == [
        "Fleet",
        "Hand cart",
        "Hand carts",
    ]
    assert said["Due: Hand carts"] == "到期：Hand carts"
    assert "Still in English in the Chinese catalogue: Fleet, Hand cart, Hand carts." in done.output


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_is_left_out_leaves_a_whole_plugin(write, tmp_path, part):
    done = write("fleet", "--without", part)
    assert done.exit_code == 0, done.output

    built = assemble(discover(), {"fleet"})

    assert not built.failed
    assert differences_of(["fleet"], discover().manifests) == {"fleet": []}
    left = {path for path in files(tmp_path / "dougong-fleet") if part.rstrip("s") in path}
    assert left - {"tests/test_contract.py", "tests/conftest.py", "tests/test_fleet.py"} == set()
    for path in (tmp_path / "dougong-fleet").rglob("*.py"):
        ast.parse(path.read_text("utf-8"))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["Fleet"], "“Fleet” cannot be a plugin's name: take 2 to 24 small letters and digits"),
        (["fleet_rental"], "“fleet_rental” cannot be a plugin's name"),
        (["core"], "“core” cannot be a plugin's name"),
        (["base"], "There is a plugin “base” on this machine already; take another name."),
        (["fleet", "--noun", "Car!"], "“Car!” cannot be a noun: take one thing"),
        (["fleet", "--noun", "class"], "“class” cannot be a noun"),
        (["fleet", "--requires", "gone"], "There is no plugin “gone” on this machine"),
        (["fleet", "--zh", "车\n队"], "The label must be one line without quotation marks."),
        (["fleet", "--label", 'The "best"'], "The label must be one line without quotation marks."),
    ],
)
def test_a_name_that_cannot_be_used_is_refused_and_nothing_is_written(
    write, tmp_path, words, sentence
):
    done = write(*words)

    assert done.exit_code == 1
    assert sentence in done.output
    assert not list(tmp_path.iterdir())


def test_a_folder_with_something_in_it_is_left_as_it_is(write, tmp_path):
    kept = tmp_path / "dougong-fleet" / "mine.txt"
    kept.parent.mkdir()
    kept.write_text("mine")

    done = write("fleet")

    assert done.exit_code == 1
    assert "is there already and not empty; nothing was written." in done.output
    assert files(tmp_path) == {"dougong-fleet/mine.txt"}


def test_a_new_noun_takes_less_than_sixty_lines_and_no_html(write, tmp_path):
    write("fleet", "--noun", "vehicle")

    room = tmp_path / "dougong-fleet" / "dougong_fleet" / "vehicles"
    lines = [
        line
        for name in ("models.py", "resource.py")
        for line in (room / name).read_text("utf-8").splitlines()
    ]

    assert len(lines) < MOST_LINES
    assert not [path for path in files(tmp_path) if path.endswith(".html")]


@pytest.mark.parametrize(
    ("one", "many"),
    [("vehicle", "vehicles"), ("box", "boxes"), ("city", "cities"), ("key", "keys")],
)
def test_several_of_a_noun(one, many):
    assert plural(one) == many


def test_the_command_offers_the_parts_there_are():
    from dougong.commands import _plugin_new

    assert _plugin_new.PARTS == PARTS
