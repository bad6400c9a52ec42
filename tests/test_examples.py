"""The examples, as somebody else's packages: built, checked, installed on a fresh site, proven there."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[1]
#: What the examples' stories are told with.
DEPARTMENTS = ("base", "inventory", "finance")
EXAMPLES = ("rental", "pos")


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("run_contracts", ROOT / "tools/run_contracts.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def environment(tool, tmp_path_factory):
    """The core and some departments as wheels, and a site; the examples are not there yet."""
    environment = tool.Environment(tmp_path_factory.mktemp("fresh") / "place")
    for name in DEPARTMENTS:
        environment.install(environment.build(ROOT / "plugins" / name))
    done = environment.dougong("init", "--company", "Blue Crane", "--all")
    assert done.returncode == 0, done.stdout + done.stderr
    return environment


@pytest.mark.parametrize("name", EXAMPLES)
def test_an_example_comes_in_as_a_wheel_and_keeps_every_promise(environment, name):
    wheel = environment.build(ROOT / "examples" / name)

    checked = environment.dougong("plugin", "check", wheel, "--strict")
    assert checked.returncode == 0, checked.stdout + checked.stderr

    environment.install(wheel)
    come = environment.dougong("plugin", "install", name, "--enable", "--yes")
    assert come.returncode == 0, come.stdout + come.stderr
    assert environment.dougong("plugin", "doctor").returncode == 0
    assert environment.dougong("check").returncode == 0

    tests = ROOT / "examples" / name / "tests"
    proven = environment.dougong("plugin", "run-contracts", name, "--tests", tests, "--json")
    (told,) = json.loads(proven.stdout)
    assert told["wrong"] == []
    assert (told["level"], told["to_mend"]) == ("gold", [])
    assert told["tests"] > 10
