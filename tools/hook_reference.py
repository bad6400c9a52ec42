"""Write docs/author/hooks.md from dougong/hookspecs.py: every hook with its sentence."""

from __future__ import annotations

import inspect
from pathlib import Path

from dougong.hookspecs import API_VERSION, Hooks

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


def page() -> str:
    """The whole page, hooks in the order of the file that declares them."""
    hooks = [(n, h) for n, h in vars(Hooks).items() if inspect.isfunction(h)]
    sections = (
        SECTION.format(name=n, signature=inspect.signature(h), text=inspect.getdoc(h))
        for n, h in hooks
    )
    return HEAD.format(version=API_VERSION) + "".join(sections).replace("'", "")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(f"Written: {PAGE.name}")
