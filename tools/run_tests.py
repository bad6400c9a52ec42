"""Run the stages of ``make test`` one after the other: ``run_tests.py sqlite postgres browser``.

Each stage keeps both cores of a small machine busy. Files lie in memory where there is room for
them, and are gone afterwards. A stage that fails does not hide the next one; what failed is told
again at the end, and the exit code says that something did.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from with_postgres import GRACE, Stopped, ending, stop_when_told

PYTEST = (
    sys.executable, "-m", "pytest", "--durations=25", "--durations-min=5",
    "-n", "2", "--dist", "loadgroup",
)  # fmt: skip
#: What a test marked `once` proves is the same on every database.
STAGES = {
    "sqlite": (*PYTEST, "--ignore", "tests/browser"),
    "postgres": (
        sys.executable, "tools/with_postgres.py", *PYTEST, "-m", "not once",
        "--ignore", "tests/browser",
    ),
    "browser": (*PYTEST[:-1], "loadfile", "tests/browser"),
}  # fmt: skip
#: A folder in memory, and the bytes that must be free there: the copies of two workers.
MEMORY, ROOM = Path("/dev/shm"), 6 * 2**30
#: A line of pytest's summary, and its last line.
FAILED, LAST = re.compile(r"(FAILED|ERROR) "), re.compile(r"=*\s*(.* in [\d.]+s( \(.*\))?)\s*=*$")


def main(names: list[str]) -> int:
    """Run these stages; 1 when one of them failed."""
    told: list[str] = []
    failed = False
    try:
        with _place() as surroundings:
            for name in names:
                code, lines = _stage(name, surroundings)
                failed |= code != 0
                told += lines
    except Stopped as stopped:
        return 128 + stopped.number
    print("\n".join(["", *told]), flush=True)
    return int(failed)


@contextmanager
def _place() -> Iterator[dict[str, str]]:
    """The surroundings of every stage: a folder of their own, in memory where there is room."""
    quick = has_room(MEMORY)
    stop_when_told()
    with tempfile.TemporaryDirectory(prefix="dougong-", dir=MEMORY if quick else None) as folder:
        # A process that compiles all modules again takes seconds more, and some tests start many.
        mine = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        yield mine | {"TMPDIR": folder} | ({"DOUGONG_TEST_COPY": "FILE_COPY"} if quick else {})


def has_room(folder: Path) -> bool:
    """Whether the tests' files fit in there, and programs among them may run."""
    try:
        about = os.statvfs(folder)
        memory = Path("/proc/meminfo").read_text("ascii")
    except OSError:
        return False
    available = int(re.findall(r"MemAvailable: +(\d+) kB", memory)[0]) * 1024
    free = min(about.f_bavail * about.f_frsize, available)
    return os.access(folder, os.W_OK) and free > ROOM and not about.f_flag & os.ST_NOEXEC


def _stage(name: str, surroundings: dict[str, str]) -> tuple[int, list[str]]:
    """Run one; its exit code, and the lines that tell what became of it."""
    print(f"tests: {name}", flush=True)
    failures, last = [], "it did not come to an end"
    command = subprocess.Popen(
        STAGES[name], env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    # A server beside it wants to be stopped as well.
    with command, ending(command, 3 * GRACE):
        for line in command.stdout or ():
            print(line, end="", flush=True)
            if FAILED.match(line):
                failures.append(f"{name}: {line.rstrip()}")
            if closing := LAST.match(line):
                last = closing[1]
        code = command.wait()
    return code, [*failures, f"{name}: {last}" + (f" (exit code {code})" if code else "")]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(STAGES)))
