"""Write docs/author/hooks.md from dougong/hookspecs.py: every hook with its sentence."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from pathlib import Path
from typing import Any

from dougong import plugin
from dougong.events import Reaction
from dougong.hookspecs import API_VERSION, Hooks
from dougong.printing import Print
from dougong.reports import Column, Line, Parameter, Report
from dougong.workflows import Ask, State, Step, Workflow

PAGE = Path(__file__).parents[1] / "docs" / "author" / "hooks.md"

HEAD = """# Hooks

Every joint a plugin can slot into. A plugin implements the ones it needs, marks them with `@hookimpl`, and
leaves the rest. This page is written by `python tools/hook_reference.py`; a test fails when it is stale.

The hooks' version is {version}; a manifest says which it understands: `api = ">=1,<2"`.
"""

SECTION = """
## `{name}`

```python
def {name}{signature}
```

{text}
"""


DESCRIPTORS = """
## What hooks return

Import these from `dougong`; `Report`, `Column`, `Line` and `Parameter` from `dougong.reports`,
`Print` from `dougong.printing`, the words of a resource from `dougong.resources`.
"""

DESCRIPTOR = """
### `{name}`

```text
{name}({fields})
```

{text}
"""


def page() -> str:
    """The whole page, hooks in the order of the file that declares them, then what they return."""
    hooks = [(n, h) for n, h in vars(Hooks).items() if inspect.isfunction(h)]
    sections = (SECTION.format(name=n, signature=_signature(h), text=_text(h)) for n, h in hooks)
    descriptors = (
        DESCRIPTOR.format(name=d.__name__, fields=_fields(d), text=_text(d)) for d in _descriptors()
    )
    return HEAD.format(version=API_VERSION) + "".join([*sections, DESCRIPTORS, *descriptors])


def _signature(hook: Callable[..., Any]) -> str:
    return str(inspect.signature(hook)).replace("'", "")


def _text(thing: Any) -> str:
    return (inspect.getdoc(thing) or "").replace("``", "`")


def _descriptors() -> list[type]:
    """Every dataclass that a plugin hands to the core."""
    own = [d for d in vars(plugin).values() if isinstance(d, type) and is_dataclass(d)]
    return [*own, Reaction, Workflow, State, Step, Ask, Print, Report, Parameter, Column, Line]


def _fields(descriptor: type) -> str:
    """Names, and the defaults of those that may be left out."""
    said = []
    for one in fields(descriptor):
        if one.name.startswith("added_"):
            continue
        if one.default is not MISSING:
            shown = "…" if callable(one.default) else repr(one.default)
            said.append(f"{one.name}={shown}")
        elif one.default_factory is not MISSING:
            said.append(f"{one.name}={one.default_factory()!r}")
        else:
            said.append(one.name)
    return ", ".join(said)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"Written: {PAGE.name}")
