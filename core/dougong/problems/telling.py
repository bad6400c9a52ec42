"""What is kept of an error: its kind and its place, never a word that somebody entered.

The message of an exception may hold what a person typed, a key, an address. So of a refusal only
its sentence without the facts is kept, and of all else the name of its class.
"""

from __future__ import annotations

import hashlib
import re
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from types import TracebackType

from dougong.errors import DougongError
from dougong.i18n import Text, retold

#: So many frames tell where it happened.
DEEPEST = 30
_FACT = re.compile(r"%\(\w+\)s")


@dataclass(frozen=True)
class Told:
    """A problem as it is recorded: what, about what, where, and one case of it."""

    kind: str
    title: str
    subject: str
    module: str = "core"
    place: str = ""
    request_id: str = ""
    who: str = ""
    page: str = ""
    job_id: int | None = None
    letter_id: int | None = None

    @property
    def fingerprint(self) -> str:
        """The same for what goes wrong in the same way."""
        said = "\n".join((self.kind, self.title, self.subject, self.place))
        return hashlib.sha256(said.encode()).hexdigest()[:40]


def title_of(error: BaseException) -> str:
    """The sentence of a refusal without its facts, or what kind of error it is."""
    if isinstance(error, DougongError):
        sentence = error.sentence
        if isinstance(sentence, Text):
            return without_facts(sentence.message)[:300]
        return type(error).__name__
    original = getattr(error, "orig", None)
    names = [type(error).__name__, type(original).__name__ if original is not None else ""]
    return ": ".join(name for name in names if name)[:300]


def without_facts(message: str) -> str:
    """A message with nothing of what it was told about."""
    return _FACT.sub("…", message)


def read_title(title: str) -> str:
    """A title as it was kept, in the reader's language."""
    return retold(title, without_facts)


def place_of(error: BaseException) -> str:
    """Where it happened: files and functions, the innermost last."""
    frames = traceback.extract_tb(error.__traceback__)[-DEEPEST:]
    return "\n".join(f"{_short(f.filename)}:{f.lineno} {f.name}" for f in frames)


def module_of(error: BaseException, packages: Mapping[str, str]) -> str:
    """The module whose code was at work: the innermost one, the core where there is none.

    ``packages`` are the modules' names by their package.
    """
    found, at = "core", error.__traceback__
    while at is not None:
        found = packages.get(_package(at), found)
        at = at.tb_next
    return found


def _package(at: TracebackType) -> str:
    return str(at.tb_frame.f_globals.get("__name__", "")).partition(".")[0]


def _short(path: str) -> str:
    """A path from its package on: what lies above says how a machine is set up."""
    parts = path.replace("\\", "/").split("/")
    for at, part in enumerate(parts):
        if part == "site-packages" or (part.startswith("dougong") and at < len(parts) - 1):
            start = at + 1 if part == "site-packages" else at
            # The last package of that name on the path is the one that holds the file.
            if part not in parts[at + 1 :]:
                return "/".join(parts[start:])
    return "/".join(parts[-2:])
