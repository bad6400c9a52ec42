"""What the code says of itself, as Markdown."""

from __future__ import annotations

import dataclasses
import inspect
import re
import textwrap
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

STALE = "This page is written by `python tools/reference.py`; a test fails when it is stale."
MISSING = dataclasses.MISSING


def said(thing: Any) -> str:
    """A docstring as Markdown; empty where there is none of its own."""
    text = vars(thing).get("__doc__") if isinstance(thing, type) else thing.__doc__
    if not text or (dataclasses.is_dataclass(thing) and text.startswith(f"{thing.__name__}(")):
        return ""
    return inspect.cleandoc(text).replace("``", "`")


def signature(act: Callable[..., Any], name: str = "") -> str:
    """``name(arguments)`` without ``self`` and without the modules of types."""
    text = raw(act).replace("self, ", "").replace("(self)", "()").replace("(cls, ", "(")
    return (name or act.__name__) + re.sub(r"\b(?:[a-z_]+\.)+(?=[A-Z])", "", text)


@cache
def notes(cls: type) -> dict[str, str]:
    """The ``#:`` comments above or behind the attributes of a class."""
    lines = textwrap.dedent(inspect.getsource(cls)).splitlines()
    found: dict[str, str] = {}
    waiting: list[str] = []
    for line in lines:
        text = line.strip()
        if text.startswith("#:"):
            waiting.append(text.removeprefix("#:").strip())
            continue
        named = re.match(r"(\w+)\s*[:=]", text)
        if waiting and named:
            found[named[1]] = " ".join(waiting)
        waiting = []
    return {name: text.replace("``", "`") for name, text in found.items()}


def shown(field: dataclasses.Field[Any]) -> str:
    """A field with its default, where it may be left out."""
    if field.default is not MISSING:
        return f"{field.name}={'…' if callable(field.default) else repr(field.default)}"
    if field.default_factory is not MISSING:
        return f"{field.name}={field.default_factory()!r}"
    return field.name


def of_dataclass(cls: type, level: int = 3) -> str:
    """A descriptor: how it is written, what it is, what its fields mean where a name is not enough."""
    listed = [f for f in dataclasses.fields(cls) if not f.name.startswith("added_")]
    text = f"\n{'#' * level} `{cls.__name__}`\n\n```text\n"
    text += f"{cls.__name__}({', '.join(map(shown, listed))})\n```\n\n{said(cls)}\n"
    return text + bullets((f.name, notes(cls).get(f.name) or kind_of(f)) for f in listed)


def kind_of(field: dataclasses.Field[Any]) -> str:
    """What may stand there, where neither the name nor the default says it: words, or a function."""
    kind = str(field.type)
    if kind.startswith("Literal["):
        words = re.findall(r"[\w-]+", kind)[1:]
        return f"{', '.join(f'`{word}`' for word in words[:-1])} or `{words[-1]}`."
    # What is called with anything is explained by the sentence above.
    return f"`{kind}`" if kind.startswith("Callable[[") and "..." not in kind else ""


def of_class(cls: type, level: int = 3) -> str:
    """A plain class: how it is made."""
    own = "__init__" in vars(cls)
    head = signature(cls.__init__, cls.__name__).removesuffix(" -> None") if own else cls.__name__
    return f"\n{'#' * level} `{cls.__name__}`\n\n```text\n{head}\n```\n\n{said(cls)}\n"


def of_methods(cls: type) -> str:
    """What can be asked of it and done with it."""
    text = ""
    for name, act in vars(cls).items():
        if name.startswith("_"):
            continue
        if isinstance(act, property) and act.fget and act.fget.__doc__:
            text += f"\n### `{name}`\n\n{said(act.fget)}\n"
        elif inspect.isfunction(act) and act.__doc__:
            text += f"\n### `{name}`\n\n```python\n{signature(act)}\n```\n\n{said(act)}\n"
    return text


def bullets(pairs: Iterable[tuple[str, str]]) -> str:
    """A list of what is said about names; nothing where nothing is said."""
    listed = "".join(f"* `{name}`: {text}\n" for name, text in pairs if text)
    return f"\n{listed}" if listed else ""


def raw(hook: Callable[..., Any]) -> str:
    """Types without the quotation marks that postpone them; those of defaults stay."""
    made = inspect.signature(hook)
    bare = [p.replace(annotation=_bare(p.annotation)) for p in made.parameters.values()]
    return str(made.replace(parameters=bare, return_annotation=_bare(made.return_annotation)))


class _Said(str):
    """A type that is shown as it was written."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str(self)


def _bare(annotation: Any) -> Any:
    return _Said(annotation) if isinstance(annotation, str) else annotation
