"""`make test` runs all stages, tells at the end what failed, and leaves nothing behind."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

TOOLS = Path(__file__).parents[1] / "tools"
#: The tool with other stages: a Python program for each.
STAGED = """
import sys
sys.path.insert(0, {tools!r})
import run_tests
run_tests.STAGES = {{name: (sys.executable, "-c", code) for name, code in {stages!r}.items()}}
sys.exit(run_tests.main(list(run_tests.STAGES)))
"""
BROKEN = "print('FAILED tests/test_tea.py::test_it_is_hot - assert 20 > 60\\n1 failed in 0.10s'); exit(1)"
SOUND = "import os; print('PLACE', os.environ['TMPDIR']); print('7 passed in 0.20s')"


def staged(**stages):
    code = STAGED.format(tools=str(TOOLS), stages=stages)
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def place_in(words):
    return Path(next(line.split()[1] for line in words.splitlines() if line.startswith("PLACE")))


def test_a_stage_that_fails_fails_the_run_and_is_told_again_at_the_end():
    said, _none = (run := staged(first=BROKEN, second=SOUND)).communicate(timeout=60)

    assert run.returncode == 1
    assert said.splitlines()[-3:] == [
        "first: FAILED tests/test_tea.py::test_it_is_hot - assert 20 > 60",
        "first: 1 failed in 0.10s (exit code 1)",
        "second: 7 passed in 0.20s",
    ]


def test_all_that_pass_pass_and_their_files_are_gone():
    said, _none = (run := staged(first=SOUND, second=SOUND)).communicate(timeout=60)

    assert run.returncode == 0
    assert not place_in(said).exists()


def test_a_stage_that_is_killed_is_no_success():
    kill = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"

    said, _none = (run := staged(first=kill, second=SOUND)).communicate(timeout=60)

    assert run.returncode == 1
    assert "first: it did not come to an end (exit code -9)" in said


def test_who_is_told_to_stop_stops_the_stage_and_puts_its_files_away():
    wait = "import os, time; print('PLACE', os.environ['TMPDIR'], flush=True); time.sleep(600)"
    with staged(first=wait, second=SOUND) as run:
        assert run.stdout.readline() == "tests: first\n"
        place = place_in(run.stdout.readline())

        run.send_signal(signal.SIGTERM)

        assert run.wait(60) == 128 + signal.SIGTERM
    assert not place.exists()
