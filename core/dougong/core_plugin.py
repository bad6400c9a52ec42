"""What the core itself contributes, through the same hooks as any plugin.

Each room of the core that has something to say keeps a `Plugin` of its own and stands in `ROOMS`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dougong.plugin import Plugin
from dougong.plugins.collecting import HOOKS, LISTS, ask_all

#: Where each room's plugin object is, in the order of their contributions.
ROOMS = [
    "dougong.core_rooms:tables",
    "dougong.plugins.room:room",
    "dougong.people.room:room",
    "dougong.audit.room:room",
    "dougong.mail.room:room",
    "dougong.operations.room:room",
    "dougong.series.room:room",
    "dougong.problems.room:room",
    "dougong.first_steps.room:room",
    "dougong.guiding.room:room",
    "dougong.custom.room:room",
    "dougong.layouts.room:room",
    "dougong.printing.room:room",
    "dougong.views.room:room",
    "dougong.approvals.room:room",
    "dougong.notices.room:room",
    "dougong.activities.room:room",
    "dougong.tags.room:room",
    "dougong.dashboards.room:room",
]


class Core(Plugin):
    """All rooms of the core as one plugin; its name is ``core``."""

    def rooms(self) -> list[Plugin]:
        """The rooms' own plugin objects."""
        found = []
        for place in ROOMS:
            module, attribute = place.split(":")
            found.append(getattr(importlib.import_module(module), attribute))
        return found

    def answers(self) -> dict[str, Any]:
        """What all rooms answer to every describing hook."""
        together: dict[str, Any] = {hook: [] for hook in LISTS}
        together["providers"] = {}
        for room in self.rooms():
            for hook, answer in ask_all("core", room).items():
                if isinstance(answer, Mapping):
                    together[hook] |= answer
                else:
                    together[hook] += answer
        return together


def _chained(hook: str) -> Callable[..., Any]:
    def ask(self: Core, *given: Any, **named: Any) -> Any:
        answers = [getattr(room, hook)(*given, **named) for room in self.rooms()]
        if hook == "providers":
            return {port: make for answer in answers for port, make in answer.items()}
        return [item for answer in answers if isinstance(answer, Iterable) for item in answer]

    ask.__name__ = hook
    return ask


for _hook in HOOKS:
    setattr(Core, _hook, _chained(_hook))

core = Core()
