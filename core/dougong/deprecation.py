"""Names that will go: each says what to write instead and in which version it is gone."""

from __future__ import annotations

import functools
import sys
import warnings
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T", bound=Callable[..., Any])


class Deprecated(DeprecationWarning):
    """Something is used that will go; it names what comes instead."""

    def __init__(self, name: str, *, instead: str, gone: str) -> None:
        #: ``gone`` is the version of the hooks from which on it is not there.
        self.name, self.instead, self.gone = name, instead, gone
        super().__init__(f"{name} goes with version {gone}: write {instead}.")


@dataclass(frozen=True, order=True)
class Use:
    """One old name that a package uses, and where."""

    name: str
    instead: str
    gone: str
    where: str

    def __str__(self) -> str:
        return f"{self.name} goes with version {self.gone}: write {self.instead}. ({self.where})"


#: Names of `dougong` that moved or changed: old path → what to import instead, and when it goes.
RENAMED: dict[str, Deprecated] = {}

_uses: dict[str, set[Use]] = defaultdict(set)


def deprecated(*, instead: str, gone: str, name: str = "") -> Callable[[T], T]:
    """Mark a function or class that will go: ``@deprecated(instead="release_goods", gone="2.0")``.

    It works as before. Whoever calls it is told once a place, by `Deprecated`; `dougong plugin
    info`, `dougong check` and the tests of the plugin that calls it show it.
    """

    def mark(thing: T) -> T:
        said = Deprecated(name or thing.__qualname__, instead=instead, gone=gone)
        act = thing.__init__ if isinstance(thing, type) else thing  # type: ignore[misc]

        @functools.wraps(act)
        def told(*given: Any, **named: Any) -> Any:
            tell(said, depth=2)
            return act(*given, **named)

        if isinstance(thing, type):
            thing.__init__ = told  # type: ignore[misc]
            return thing
        return told  # type: ignore[return-value]

    return mark


def tell(said: Deprecated, *, depth: int = 1) -> None:
    """Warn whoever is ``depth`` calls above, and remember that their package uses it."""
    frame = sys._getframe(depth)
    # Between an import statement and the module stands the import machinery.
    while frame.f_back is not None and "importlib" in frame.f_code.co_filename:
        frame, depth = frame.f_back, depth + 1
    file, line = frame.f_code.co_filename, frame.f_lineno
    note(said, str(frame.f_globals.get("__name__", "")), f"{file.rsplit('/', 1)[-1]}:{line}")
    warnings.warn(said, stacklevel=depth + 1)


def note(said: Deprecated, module: str, where: str) -> None:
    """Remember that a module uses an old name."""
    _uses[module.split(".")[0]].add(Use(said.name, said.instead, said.gone, where))


def uses_of(package: str) -> list[Use]:
    """The old names that a package has used in this process, by name."""
    return sorted(_uses.get(package, ()))


def forget_uses(package: str) -> None:
    """The package is taken out of the process."""
    _uses.pop(package, None)


def old_name(module: str, name: str) -> Any:
    """What an old name of `dougong` stands for today, telling whoever asks; raises AttributeError."""
    said = RENAMED.get(f"{module}.{name}")
    if said is None:
        raise AttributeError(f"module {module!r} has no attribute {name!r}")
    tell(said, depth=3)
    home, _dot, today = said.instead.rpartition(".")
    return getattr(sys.modules[home or module], today)
