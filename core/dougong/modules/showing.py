"""How a module stands, in the words of the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dougong.errors import NotFound
from dougong.i18n import Text, _, pgettext
from dougong.plugins.discovery import discover
from dougong.plugins.order import dependents
from dougong.plugins.states import Standing, read_snapshot, standings
from dougong.plugins.telling import workers

#: State: its word and colour.
STATES: dict[str, tuple[Text, str]] = {
    "available": (_("Not installed"), "secondary"),
    "installed": (_("Disabled"), "orange"),
    "enabled": (_("Enabled"), "green"),
    "missing": (_("Package is gone"), "red"),
    "pending": (_("Upgrade waits"), "blue"),
    "failed": (_("Failed"), "red"),
}
ACTIONS: dict[str, Text] = {
    "install": pgettext("module", "installed"),
    "enable": pgettext("module", "enabled"),
    "disable": pgettext("module", "disabled"),
    "upgrade": pgettext("module", "upgraded"),
    "uninstall": pgettext("module", "uninstalled, data kept"),
    "purge": pgettext("module", "removed with its data"),
}


@dataclass(frozen=True)
class Shown:
    """A module as the page shows it."""

    standing: Standing
    label: Text | str
    #: Whether it is switched on in the database, whatever its state.
    on: bool
    #: Whether it has a row in the database at all.
    there: bool
    needed_by: tuple[str, ...]

    @property
    def name(self) -> str:
        """Its short name."""
        return self.standing.name

    @property
    def state(self) -> Text:
        """The word for how it stands."""
        return _("Enabled in part") if self._in_part else STATES[self.standing.state][0]

    @property
    def colour(self) -> str:
        """The colour of that word."""
        return "red" if self._in_part else STATES[self.standing.state][1]

    @property
    def _in_part(self) -> bool:
        return self.standing.state == "enabled" and bool(self.standing.left_out)

    @property
    def version(self) -> str:
        """The version that works here, or the one that could."""
        return self.standing.installed_version or self.standing.version

    @property
    def actions(self) -> list[str]:
        """What can be asked for as it stands, the most likely first."""
        state = self.standing.state
        if state == "pending":
            return ["upgrade", *(["disable"] if self.on else ["uninstall", "purge"])]
        if state == "missing":
            return ["purge"]
        if not self.there:
            return ["install"] if state == "available" else []
        return ["disable"] if self.on else ["enable", "uninstall", "purge"]


def shown(runtime: Any) -> list[Shown]:
    """Every module, as the database and this machine say now; those that run first."""
    found, snapshot = discover(), read_snapshot(runtime.house.engine)
    failed = {**_failed_elsewhere(runtime), **runtime.failed}
    modules = []
    for one in standings(found, snapshot, failed, runtime.nouns.left_out()):
        manifest = found.manifests.get(one.name)
        there = one.name in snapshot.rows
        others = snapshot.rows if there else found.manifests
        known = [n for n in others if n in found.manifests]
        modules.append(
            Shown(
                one,
                _(manifest.label) if manifest else one.name,
                one.name in snapshot.enabled,
                there,
                tuple(dependents(one.name, known, found.manifests)),
            )
        )
    order = ["failed", "missing", "pending", "enabled", "installed", "available"]
    return sorted(modules, key=lambda m: (order.index(m.standing.state), str(m.label)))


def the_module(runtime: Any, name: str) -> Shown:
    """One of them; raises `NotFound`. A module that is out but has left data can still be purged."""
    for module in shown(runtime):
        if module.name == name:
            return module
    raise NotFound(_("module"), name)


def _failed_elsewhere(runtime: Any) -> dict[str, Text | str]:
    """What does not run in another process, although it may run in this one."""
    found: dict[str, Text | str] = {}
    for worker in workers(runtime.house.engine):
        if worker["alive"] and not worker["behind"]:
            found |= worker["failed"]
    return found


def history(changes: Iterable[Any], errands: Iterable[Any]) -> list[dict[str, Any]]:
    """The log: what happened, and what was asked for and refused; the latest first."""
    lines = [
        {
            "at": line.at, "by": line.by, "what": ACTIONS.get(line.action, line.action),
            "before": line.before, "version": line.version, "refused": "",
        }
        for line in changes
    ]  # fmt: skip
    lines += [
        {
            "at": one.asked_at, "by": one.by, "what": ACTIONS.get(one.action, one.action),
            "before": "", "version": "", "refused": one.said, "errand": one.id,
        }
        for one in errands
        if one.state == "refused"
    ]  # fmt: skip
    return sorted(lines, key=lambda line: line["at"], reverse=True)
