"""What a change of the modules would do, told before anybody agrees to it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from dougong.errors import DougongError, PluginProblem
from dougong.i18n import _
from dougong.plugins.building import assemble
from dougong.plugins.lifecycle import Lifecycle
from dougong.plugins.order import dependents, with_requirements
from dougong.plugins.telling import brings, brought, difference
from dougong.wiring import Wiring

#: What can be asked for; the last two take data away from sight, or for good.
ACTIONS = ("install", "enable", "disable", "upgrade", "uninstall", "purge")


#: What can be told without importing a module that does not run.
GOING = ("disable", "uninstall", "purge")


def plan(life: Lifecycle, action: str, name: str, wiring: Wiring | None = None) -> dict[str, Any]:
    """Everything a page shows before a change: plain values, in the reader's language.

    ``refused`` is the sentence why it cannot be done; ``names`` are all modules concerned. With
    the ``wiring`` of the running house nothing is put together for what is to go.
    """
    told: dict[str, Any] = {
        "action": action, "name": name, "names": [name], "refused": "", "migrations": [],
        "found_again": [], "parts": [], "changes": {}, "tables": [],
    }  # fmt: skip
    try:
        if action == "disable":
            _disable(life, name, told, wiring)
        else:
            _PLANS[action](life, name, told)
    except DougongError as refusal:
        told["refused"] = str(refusal)
    return told


def concerned(life: Lifecycle, action: str, name: str) -> list[str]:
    """The modules that go along: what it stands on when it comes, what stands on it when it goes."""
    snapshot = life.snapshot()
    if action in ("install", "enable"):
        wanted = with_requirements([name], life.found.manifests) | {name}
        there = snapshot.rows if action == "install" else snapshot.enabled
        return sorted({name} | {n for n in wanted if n not in there})
    if action == "disable":
        return sorted({name, *dependents(name, snapshot.enabled, life.found.manifests)})
    return [name]


def _install(life: Lifecycle, name: str, told: dict[str, Any]) -> None:
    _require_new(life, name)
    doings = life.install([name], dry_run=True)
    built = assemble(life.found, {*life.snapshot().enabled, *doings.plugins})
    told |= {
        "names": doings.plugins,
        "migrations": doings.steps,
        "found_again": doings.found_again,
        "parts": parts_of(built.wiring, doings.plugins),
    }


def _require_new(life: Lifecycle, name: str) -> None:
    if name in life.snapshot().rows:
        raise PluginProblem(_("%(name)s is installed already.", name=name))


def _enable(life: Lifecycle, name: str, told: dict[str, Any]) -> None:
    names = concerned(life, "enable", name)
    doings = life.enable(names, dry_run=True)
    if not doings.plugins:
        raise PluginProblem(_("%(name)s is enabled already.", name=name))
    built = assemble(life.found, {*life.snapshot().enabled, *names})
    told |= {"names": doings.plugins, "parts": parts_of(built.wiring, doings.plugins)}


def _disable(life: Lifecycle, name: str, told: dict[str, Any], wiring: Wiring | None) -> None:
    names = concerned(life, "disable", name)
    doings = life.disable(names, dry_run=True)
    if not doings.plugins:
        raise PluginProblem(_("%(name)s is not enabled.", name=name))
    running = wiring or assemble(life.found, life.snapshot().enabled).wiring
    told |= {"names": doings.plugins, "parts": parts_of(running, doings.plugins)}


def _upgrade(life: Lifecycle, name: str, told: dict[str, Any]) -> None:
    doings = life.upgrade([name], dry_run=True)
    if not (doings.steps or doings.plugins):
        raise PluginProblem(_("%(name)s is up to date.", name=name))
    told["migrations"] = doings.steps
    manifest = life.found.manifests.get(name)
    if manifest is not None:
        built = assemble(life.found, with_requirements([name], life.found.manifests))
        if name in built.failed:
            raise PluginProblem(built.failed[name])
        told["changes"] = difference(brought(life.engine, name), brings(built, manifest))


def _uninstall(life: Lifecycle, name: str, told: dict[str, Any]) -> None:
    life.uninstall(name, purge=False, dry_run=True)
    told["tables"] = life.tables_of(name)


def _purge(life: Lifecycle, name: str, told: dict[str, Any]) -> None:
    if name in life.snapshot().rows and name in life.found.manifests:
        life.uninstall(name, purge=True, dry_run=True)
        told["tables"] = life.tables_of(name)
    else:
        told["tables"] = life.purge(name, dry_run=True)


_PLANS: dict[str, Callable[[Lifecycle, str, dict[str, Any]], None]] = {
    "install": _install,
    "enable": _enable,
    "upgrade": _upgrade,
    "uninstall": _uninstall,
    "purge": _purge,
}


def parts_of(wiring: Wiring, names: Collection[str]) -> list[tuple[str, list[str]]]:
    """What people see of these modules, by kind: it comes with them and goes with them."""

    def labels(kind: str, items: Iterable[Any], key: str = "name") -> list[str]:
        return [
            str(item.label)
            for item in items
            if wiring.owners.get((kind, getattr(item, key))) in names
        ]

    def named(items: Iterable[Any]) -> list[str]:
        return [str(i.label) for i in items if i.name.split(".")[0] in names]

    reactions = [
        reaction.name
        for waiting in wiring.reactions.values()
        for reaction in waiting
        if wiring.owners.get(("reactions", reaction.name)) in names
    ]
    found = [
        (_("Lists and forms"), labels("resources", wiring.resources)),
        (_("Reports"), labels("reports", wiring.reports.values())),
        (_("Cards on the home page"), named(wiring.widgets)),
        (_("Dashboards"), labels("dashboards", wiring.dashboards.values())),
        (_("Papers"), labels("prints", wiring.prints.values())),
        (_("Roles"), labels("roles", wiring.roles.values())),
        (_("Jobs"), labels("jobs", wiring.jobs.values())),
        (_("What it does when others have news"), sorted(reactions)),
    ]
    return [(str(kind), sorted(set(words))) for kind, words in found if words]
