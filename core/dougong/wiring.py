"""What the enabled plugins contribute, collected once: the house is built from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dougong.plugin import (
    Check,
    Job,
    MenuItem,
    Permission,
    Replay,
    Role,
    Series,
    Setting,
    SideTable,
)
from dougong.workflows import Workflow

if TYPE_CHECKING:
    from dougong.events import Reaction
    from dougong.plugin import Fill, Plugin, StepGuard, Widget
    from dougong.reports import Report


@dataclass
class Wiring:
    """Every descriptor of every enabled plugin, in dependency order."""

    plugins: dict[str, Plugin] = field(default_factory=dict)
    models: list[type[Any]] = field(default_factory=list)
    resources: list[type[Any]] = field(default_factory=list)
    extends: list[type[Any]] = field(default_factory=list)
    side_tables: list[SideTable] = field(default_factory=list)
    step_guards: list[StepGuard] = field(default_factory=list)
    menus: list[MenuItem] = field(default_factory=list)
    workflows: dict[str, Workflow] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    widgets: list[Widget] = field(default_factory=list)
    permissions: dict[str, Permission] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    settings: dict[str, Setting] = field(default_factory=dict)
    series: dict[str, Series] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    reactions: dict[Any, list[Reaction]] = field(default_factory=lambda: defaultdict(list))
    replays: list[Replay] = field(default_factory=list)
    providers: dict[type[Any], Callable[..., Any]] = field(default_factory=dict)
    fills: list[Fill] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    views: dict[str, str] = field(default_factory=dict)


def collect(plugins: Iterable[tuple[str, Plugin]]) -> Wiring:
    """Ask every plugin for everything; they come in dependency order."""
    wiring = Wiring()
    for name, plugin in plugins:
        wiring.plugins[name] = plugin
        wiring.models += plugin.models()
        wiring.resources += plugin.resources()
        wiring.menus += plugin.menus()
        wiring.workflows |= {w.name: w for w in plugin.workflows()}
        wiring.reports |= {r.name: r for r in plugin.reports()}
        wiring.widgets += plugin.widgets()
        wiring.permissions |= {p.name: p for p in plugin.permissions()}
        wiring.roles |= {r.name: r for r in plugin.roles()}
        wiring.settings |= {s.key: s for s in plugin.settings()}
        wiring.series |= {s.kind: s for s in plugin.sequences()}
        wiring.jobs |= {j.name: j for j in plugin.jobs()}
        for reaction in plugin.reactions():
            wiring.reactions[reaction.event].append(reaction)
        wiring.replays += plugin.replays()
        wiring.providers |= plugin.providers()
        wiring.fills += plugin.fills()
        wiring.checks += plugin.checks()
        wiring.views |= dict(plugin.views())
        _sort_extensions(wiring, list(plugin.extensions()))
    return wiring


def _sort_extensions(wiring: Wiring, extensions: Sequence[Any]) -> None:
    from dougong.plugin import StepGuard

    for extension in extensions:
        if isinstance(extension, SideTable):
            wiring.side_tables.append(extension)
        elif isinstance(extension, StepGuard):
            wiring.step_guards.append(extension)
        else:
            wiring.extends.append(extension)
