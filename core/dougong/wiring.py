"""What the enabled plugins contribute, collected once: the house is built from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from dougong.plugin import (
    Check,
    Contribution,
    FirstStep,
    Job,
    MenuItem,
    Permission,
    Replay,
    Role,
    Series,
    Setting,
    SideTable,
    Tour,
)

if TYPE_CHECKING:
    import click
    from flask import Blueprint

    from dougong.events import Reaction
    from dougong.plugin import Dashboard, Fill, Plugin, RowRule, StepGuard, Widget
    from dougong.printing import Print
    from dougong.reports import Report
    from dougong.workflows import Workflow

C = TypeVar("C", bound=Contribution)

#: What a plugin answered, by hook.
Answers = Mapping[str, Any]


@dataclass
class Wiring:
    """Every descriptor of every enabled plugin, in dependency order; the core's own come first."""

    plugins: dict[str, Plugin] = field(default_factory=dict)
    models: list[type[Any]] = field(default_factory=list)
    resources: list[type[Any]] = field(default_factory=list)
    extends: list[type[Any]] = field(default_factory=list)
    side_tables: list[SideTable] = field(default_factory=list)
    step_guards: list[StepGuard] = field(default_factory=list)
    row_rules: list[RowRule] = field(default_factory=list)
    contributions: list[Contribution] = field(default_factory=list)
    menus: list[MenuItem] = field(default_factory=list)
    #: Blueprints with the plugin they belong to; mounted under its name.
    pages: list[tuple[str, Blueprint]] = field(default_factory=list)
    workflows: dict[str, Workflow] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)
    prints: dict[str, Print] = field(default_factory=dict)
    widgets: list[Widget] = field(default_factory=list)
    first_steps: list[FirstStep] = field(default_factory=list)
    tours: list[Tour] = field(default_factory=list)
    dashboards: dict[str, Dashboard] = field(default_factory=dict)
    permissions: dict[str, Permission] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    settings: dict[str, Setting] = field(default_factory=dict)
    series: dict[str, Series] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    #: Click commands with the plugin they belong to.
    commands: list[tuple[str, click.Command]] = field(default_factory=list)
    reactions: dict[Any, list[Reaction]] = field(default_factory=lambda: defaultdict(list))
    replays: list[Replay] = field(default_factory=list)
    providers: dict[type[Any], Callable[..., Any]] = field(default_factory=dict)
    slots: list[str] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    views: dict[str, str] = field(default_factory=dict)
    #: Whose something is: ``owners["report", "finance.aged"] == "finance"``.
    owners: dict[tuple[str, Any], str] = field(default_factory=dict)

    def absorb(self, name: str, plugin: Plugin, answers: Answers) -> None:
        """Take in what one plugin answered to every hook."""
        if name != "core":
            self.plugins[name] = plugin
        for hook in (
            "models",
            "resources",
            "menus",
            "widgets",
            "first_steps",
            "tours",
            "replays",
            "slots",
            "fills",
            "checks",
        ):
            getattr(self, hook).extend(answers[hook])
        self.pages += [(name, blueprint) for blueprint in answers["pages"]]
        self.commands += [(name, command) for command in answers["commands"]]
        for hook, (into, key) in KEYED.items():
            for item in answers[hook]:
                getattr(self, into)[getattr(item, key)] = item
                self.owners[hook, getattr(item, key)] = name
        for reaction in answers["reactions"]:
            self.reactions[reaction.event].append(reaction)
            self.owners["reactions", reaction.name] = name
        self.providers |= answers["providers"]
        self.views |= dict(answers["views"])
        self._own(name, answers)
        self._sort_extensions(answers["extensions"])

    def contributed(self, kind: type[C]) -> list[C]:
        """What plugins add to something that one of them keeps, those that others stand on first."""
        return [one for one in self.contributions if isinstance(one, kind)]

    def owned(self, hook: str, name: str) -> list[Any]:
        """The keys of one kind that a plugin owns, in its order."""
        return [key for (kind, key), owner in self.owners.items() if kind == hook and owner == name]

    def _own(self, name: str, answers: Answers) -> None:
        for model in answers["models"]:
            self.owners["models", model] = name
        for resource in answers["resources"]:
            self.owners["resources", resource.name] = name
        for item in answers["menus"]:
            self.owners["menus", item.key] = name
        for port in answers["providers"]:
            self.owners["providers", port] = name
        for check in answers["checks"]:
            self.owners["checks", check.name] = name
        for view, _select in answers["views"]:
            self.owners["views", view] = name

    def _sort_extensions(self, extensions: Iterable[Any]) -> None:
        from dougong.plugin import RowRule, StepGuard

        for extension in extensions:
            if isinstance(extension, SideTable):
                self.side_tables.append(extension)
            elif isinstance(extension, StepGuard):
                self.step_guards.append(extension)
            elif isinstance(extension, RowRule):
                self.row_rules.append(extension)
            elif isinstance(extension, Contribution):
                self.contributions.append(extension)
            else:
                self.extends.append(extension)


def collect(plugins: Iterable[tuple[str, Plugin]]) -> Wiring:
    """The wiring of these plugins and no other, unchecked: for tests that need no database of plugins."""
    from dougong.plugins.collecting import ask_all

    wiring = Wiring()
    for name, plugin in plugins:
        wiring.absorb(name, plugin, ask_all(name, plugin))
    return wiring


#: Hooks whose descriptors have a name that must be theirs alone: where they go, and by which key.
KEYED = {
    "workflows": ("workflows", "name"),
    "reports": ("reports", "name"),
    "prints": ("prints", "name"),
    "dashboards": ("dashboards", "name"),
    "permissions": ("permissions", "name"),
    "roles": ("roles", "name"),
    "settings": ("settings", "key"),
    "sequences": ("series", "kind"),
    "jobs": ("jobs", "name"),
}
