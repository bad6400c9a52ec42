"""Take files and commands out of a page of the documentation, and do what it says."""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import subprocess
import sys
import tempfile
import traceback
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, NoReturn

#: The departments that the guides tell of.
CHAIN = ("base", "crm", "inventory", "finance")
BLOCK = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.M | re.S)
#: What only a shell understands.
SHELL = set("|<>&;$")
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


class Said(NamedTuple):
    """What a command printed, what it complained of, and how it ended."""

    out: str
    complaint: str
    code: int


class Reader:
    """Somebody who does what a page says, in an empty folder with a site of their own."""

    def __init__(
        self, folder: Path, url: str = "", path: tuple[Path, ...] = (), *, in_process: bool = False
    ) -> None:
        #: Whether nothing is imported that the page changes: commands then need no process at all.
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

    def call(self, words: str) -> Said:
        """Run a ``dougong`` line in this process, which is many times faster."""
        from click.testing import CliRunner

        from dougong.cli import main

        with contextlib.chdir(self.folder):
            done = CliRunner(env=self.surroundings).invoke(main, shlex.split(words)[1:])
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return Said(done.stdout, done.stderr, done.exit_code)

    def fork(self, words: str) -> Said:
        """Run a ``dougong`` line in a fork of this process, which has imported the core already."""
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as complaint:
            with warnings.catch_warnings():
                # Later Pythons warn where there are threads; the child goes on without them.
                warnings.simplefilter("ignore", DeprecationWarning)
                child = os.fork()
            if not child:
                self._be(shlex.split(words)[1:], out.fileno(), complaint.fileno())
            _pid, status = os.waitpid(child, 0)
            out.seek(0)
            complaint.seek(0)
            code = os.waitstatus_to_exitcode(status)
            return Said(out.read().decode(), complaint.read().decode(), code)

    def _be(self, words: list[str], out: int, complaint: int) -> NoReturn:
        """In the child: what a fresh process of ``dougong`` is, and its end."""
        code = 1
        try:
            os.dup2(out, 1)
            os.dup2(complaint, 2)
            sys.stdout, sys.stderr = open(1, "w"), open(2, "w")  # noqa: SIM115
            os.chdir(self.folder)
            os.environ.clear()
            os.environ.update(self.surroundings)
            sys.path[:0] = self.surroundings["PYTHONPATH"].split(os.pathsep)
            from dougong.cli import main

            main(words, standalone_mode=True)
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def say(self, words: str) -> Said:
        """Run a line in the shell, or nearer where it is ``dougong`` alone."""
        if words.startswith("dougong ") and not SHELL & set(words):
            said = self.call(words) if self.in_process else self.fork(words)
        else:
            done = subprocess.run(
                words, shell=True, cwd=self.folder, env=self.surroundings, capture_output=True,
                text=True, timeout=900,
            )  # fmt: skip
            said = Said(done.stdout, done.stderr, done.returncode)
        assert "Traceback" not in said.complaint, said.complaint
        return said

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
                    self._obey(command)
                    yield "command", command.words

    def _obey(self, command: Command) -> None:
        """What is printed is on the page; of what is refused there, the refusal."""
        said = self.say(command.words)
        told = f"$ {command.words}\n{said.out}{said.complaint}"
        foretold = any(line.strip() != "…" for line in command.expected)
        assert said.code == 0 or foretold, f"exit code {said.code}: {told}"
        printed = said.complaint if said.code else said.out
        assert re.fullmatch(pattern_of(command.expected), printed), told
        self.answers[command.words] = said.out
