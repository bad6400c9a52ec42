"""Take files and commands out of a page of the documentation, and do what it says."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

#: The departments that the guides tell of.
CHAIN = ("base", "crm", "inventory", "finance")
BLOCK = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.M | re.S)
SHIM = '#!/bin/sh\nexec "{python}" -c "from dougong.cli import main; main()" "$@"\n'


@dataclass
class Command:
    """A line after ``$``, and what is printed below it."""

    words: str
    expected: list[str]


def commands_of(body: str) -> Iterator[Command]:
    """The commands of a ``console`` block; a line that ends in a backslash goes on."""
    found: list[Command] = []
    for line in body.replace("\\\n", "").splitlines():
        if line.startswith("$ "):
            found.append(Command(line[2:], []))
        else:
            found[-1].expected.append(line)
    yield from found


def pattern_of(expected: list[str]) -> str:
    """A line ``…`` stands for any lines, ``…`` in a line for anything in it; spaces may differ."""
    parts = []
    for line in expected:
        if line.strip() == "…":
            parts.append(r"(?:[^\n]*\n)*?")
            continue
        words = [re.escape(word).replace("…", ".*") for word in line.split()]
        parts.append(r"[ \t]*" + r"[ \t]+".join(words) + r"[ \t]*\n")
    return "".join(parts)


class Reader:
    """Somebody who does what a page says, in an empty folder with a site of their own."""

    def __init__(
        self, folder: Path, url: str = "", path: tuple[Path, ...] = (), *, in_process: bool = False
    ) -> None:
        self.in_process = in_process
        self.folder = folder / "here"
        #: What each command printed.
        self.answers: dict[str, str] = {}
        self.folder.mkdir()
        shims = folder / "bin"
        shims.mkdir()
        (shims / "dougong").write_text(SHIM.format(python=sys.executable), "utf-8")
        (shims / "dougong").chmod(0o755)
        kept = {k: v for k, v in os.environ.items() if not k.startswith("DOUGONG")}
        self.surroundings = kept | {
            "PATH": f"{shims}{os.pathsep}{Path(sys.executable).parent}{os.pathsep}{kept['PATH']}",
            "PYTHONPATH": os.pathsep.join(map(str, path)),
            "DOUGONG_HOME": str(folder / "site"),
            "DOUGONG_LANGUAGE": "en",
            "COLUMNS": "160",
        }
        if url:
            self.surroundings["DOUGONG_DATABASE_URL"] = url
            # Tests that a page runs are run where this one is.
            if server := os.environ.get("DOUGONG_TEST_URL"):
                self.surroundings["DOUGONG_TEST_URL"] = server

    def call(self, words: str) -> str:
        """Run a ``dougong`` line in this process, which is many times faster; what it prints."""
        from click.testing import CliRunner

        from dougong.cli import main

        with contextlib.chdir(self.folder):
            done = CliRunner(env=self.surroundings).invoke(main, shlex.split(words)[1:])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.output

    def say(self, words: str) -> tuple[str, str]:
        """Run a line in the shell; what it prints, and what it complains of."""
        if self.in_process and words.startswith("dougong "):
            return self.call(words), ""
        done = subprocess.run(
            words, shell=True, cwd=self.folder, env=self.surroundings, capture_output=True,
            text=True, timeout=900,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return done.stdout, done.stderr

    def keep(self, title: str, text: str) -> None:
        """Save a file that the page prints."""
        file = self.folder / title
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def follow(self, page: Path) -> Iterator[tuple[str, str]]:
        """Do the page from top to bottom; yields each file or command that was dealt with."""
        for kind, title, body in BLOCK.findall(page.read_text("utf-8")):
            if title:
                self.keep(title, body)
                yield "file", title
            elif kind == "console":
                for command in commands_of(body):
                    out, complaint = self.say(command.words)
                    wanted = pattern_of(command.expected)
                    assert re.fullmatch(wanted, out), f"$ {command.words}\n{out}{complaint}"
                    self.answers[command.words] = out
                    yield "command", command.words
