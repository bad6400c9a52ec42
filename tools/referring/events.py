"""The page of events and ports, and who stands on whom."""

from __future__ import annotations

import dataclasses
import inspect

import dougong_base.events
import dougong_base.ports
from dougong.events import Event
from referring.saying import MISSING, STALE, notes, said, signature
from referring.usage import people, shipped, usage, wiring


def events() -> str:
    """The language of business: events and ports, with who tells, hears, asks and answers."""
    tells, asks = usage()
    hears, answers = wiring()
    text = f"""# Events and ports

The words that departments share, from `dougong_base.events` and `dougong_base.ports`. A plugin of yours
may tell and hear, ask and answer them like any other. {STALE}

## Events

{said(dougong_base.events)}
"""
    for name in dougong_base.events.__all__:
        one = getattr(dougong_base.events, name)
        text += f"\n### `{name}`\n\n{said(one)}\n"
        if issubclass(one, Event):
            text += f"\nTold by {people(tells, name)}; heard by {people(hears, name)}.\n"
        text += "\n| field | type |\n| --- | --- |\n"
        for field in dataclasses.fields(one):
            note = notes(one).get(field.name, "")
            left = "" if field.default is MISSING else f" = {field.default!r}"
            kind = str(field.type).replace("|", chr(92) + "|")
            text += f"| `{field.name}` | `{kind}{left}` {note} |\n".replace("  |", " |")
    text += f"\n## Ports\n\n{said(dougong_base.ports)}\n"
    for name in dougong_base.ports.__all__:
        one = getattr(dougong_base.ports, name)
        text += f"\n### `{name}`\n\n{said(one)}\n"
        if dataclasses.is_dataclass(one):
            text += (
                "\n" + ", ".join(f"`{f.name}: {f.type}`" for f in dataclasses.fields(one)) + "\n"
            )
            continue
        text += f"\nAnswered by {people(answers, name)}; asked by {people(asks, name)}.\n"
        for act in vars(one).values():
            if inspect.isfunction(act) and act.__doc__ and not act.__name__.startswith("_"):
                text += f"\n```python\n{signature(act)}\n```\n\n{said(act)}\n"
    return text


def standing() -> str:
    """Who stands on whom and what each tells, hears, asks and answers: a picture from the manifests."""
    tells, asks = usage()
    hears, answers = wiring()
    words = {*dougong_base.events.__all__, *dougong_base.ports.__all__}

    def of(known: dict[str, set[str]], name: str) -> str:
        listed = sorted(w for w in words if name in known.get(w, ()))
        return ", ".join(listed) or "—"

    told = {
        w for w in dougong_base.events.__all__ if issubclass(getattr(dougong_base.events, w), Event)
    }
    text = "| plugin | stands on | goes with | tells | hears | answers | asks |\n"
    text += "| --- | --- | --- | --- | --- | --- | --- |\n"
    for name, manifest in shipped().items():
        said_here = ", ".join(sorted(w for w in told if name in tells.get(w, ()))) or "—"
        text += (
            f"| {name} | {', '.join(manifest.needs) or 'core'} |"
            f" {', '.join(r.name for r in manifest.enhances) or '—'} | {said_here} |"
            f" {of(hears, name)} | {of(answers, name)} | {of(asks, name)} |\n"
        )
    return text
