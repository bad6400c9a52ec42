"""The page of the hooks, and of what they return."""

from __future__ import annotations

import dataclasses
import inspect

from dougong import plugin
from dougong.deprecation import Deprecated
from dougong.events import Reaction
from dougong.hookspecs import API_VERSION, Hooks
from dougong.printing import Print
from dougong.reports import Column, Line, Parameter, Report
from dougong.workflows import Ask, State, Step, Workflow
from referring.saying import STALE, of_dataclass, raw, said


def hooks() -> str:
    """Every joint, in the order of the file that declares them, then what they return."""
    text = f"""# Hooks

Every joint a plugin can slot into. A plugin implements the ones it needs, marks them with
`@hookimpl` (a class of `Plugin` may leave it out), and leaves the rest. {STALE}

The hooks' version is {API_VERSION}; a manifest says which it understands: `api = ">=1,<2"`.
"""
    for name, hook in vars(Hooks).items():
        if inspect.isfunction(hook):
            old = getattr(hook, "dougong_spec", {}).get("warn_on_impl")
            gone = f"\n**{old}**\n" if isinstance(old, Deprecated) else ""
            text += (
                f"\n## `{name}`\n\n```python\ndef {name}{raw(hook)}\n```\n{gone}\n{said(hook)}\n"
            )
    text += """
## What hooks return

Import these from `dougong`; `Report`, `Column`, `Line` and `Parameter` from `dougong.reports`,
`Print` from `dougong.printing`, [the words of a resource](nouns.md) from `dougong.resources`.
"""
    own = [d for d in vars(plugin).values() if isinstance(d, type) and dataclasses.is_dataclass(d)]
    for one in (*own, Reaction, Workflow, State, Step, Ask, Print, Report, Parameter, Column, Line):
        text += of_dataclass(one)
    return text
