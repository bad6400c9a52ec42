"""Every joint a plugin can slot into. Read this file and you know the framework."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    import click
    from flask import Blueprint, Flask

    from dougong.events import Reaction
    from dougong.plugin import (
        Check,
        Contribution,
        Dashboard,
        Fill,
        FirstStep,
        Job,
        MenuItem,
        Permission,
        Replay,
        Role,
        RowRule,
        Series,
        Setting,
        SideTable,
        StepGuard,
        Tour,
        Widget,
    )
    from dougong.printing import Print
    from dougong.reports import Report
    from dougong.resources import Extend, Resource
    from dougong.unit_of_work import UnitOfWork
    from dougong.workflows import Workflow

#: Grows by semantic versioning; a manifest says which it understands (``api = ">=1,<2"``).
API_VERSION = "1.0"

hookspec = pluggy.HookspecMarker("dougong")
#: Marks a method of the plugin object as its answer to a hook.
hookimpl = pluggy.HookimplMarker("dougong")


class Hooks:
    """Each hook is called once, when the house is built, and returns descriptors. Implement what you need."""

    @hookspec
    def models(self) -> Iterable[type[Any]]:
        """Return the mapped classes the plugin owns; their tables begin with its name."""
        return ()

    @hookspec
    def resources(self) -> Iterable[type[Resource]]:
        """Return the nouns: from each the core makes list, form, API, import and export."""
        return ()

    @hookspec
    def menus(self) -> Iterable[MenuItem]:
        """Return entries of the side menu, shown to those who may open them."""
        return ()

    @hookspec
    def pages(self) -> Iterable[Blueprint]:
        """Return blueprints for what no resource can say; mounted under ``/<plugin>``.

        One whose prefix begins with ``/api/v1`` is for programs, and mounted under ``/api/v1/<plugin>``.
        """
        return ()

    @hookspec
    def workflows(self) -> Iterable[Workflow]:
        """Return the states and steps of the plugin's documents, named like their resources."""
        return ()

    @hookspec
    def reports(self) -> Iterable[Report]:
        """Return questions whose answer is a table."""
        return ()

    @hookspec
    def prints(self) -> Iterable[Print]:
        """Return the papers of documents: how they are laid out, in which states they are offered."""
        return ()

    @hookspec
    def widgets(self) -> Iterable[Widget]:
        """Return cards for the home page."""
        return ()

    @hookspec
    def first_steps(self) -> Iterable[FirstStep]:
        """Return what a new company enters first; each is asked of the data whether it is done."""
        return ()

    @hookspec
    def tours(self) -> Iterable[Tour]:
        """Return short walks over pages, offered once to each person."""
        return ()

    @hookspec
    def dashboards(self) -> Iterable[Dashboard]:
        """Return ready dashboards; what people change of one is kept apart from it."""
        return ()

    @hookspec
    def permissions(self) -> Iterable[Permission]:
        """Return rights that no resource and no step implies."""
        return ()

    @hookspec
    def roles(self) -> Iterable[Role]:
        """Return roles an administrator can give to people."""
        return ()

    @hookspec
    def settings(self) -> Iterable[Setting]:
        """Return values an administrator may change."""
        return ()

    @hookspec
    def sequences(self) -> Iterable[Series]:
        """Return the number series the plugin's documents draw from."""
        return ()

    @hookspec
    def jobs(self) -> Iterable[Job]:
        """Return work that is done later or again and again."""
        return ()

    @hookspec
    def commands(self) -> Iterable[click.Command]:
        """Return commands; they are called ``dougong <plugin> <command>``."""
        return ()

    @hookspec
    def reactions(self) -> Iterable[Reaction]:
        """Return what the plugin does when other departments have news."""
        return ()

    @hookspec
    def replays(self) -> Iterable[Replay]:
        """Return, for events the plugin tells, how to find those that a later plugin has missed."""
        return ()

    @hookspec
    def providers(self) -> Mapping[type[Any], Callable[[UnitOfWork], Any]]:
        """Return, by port, how to make the plugin's answerer for a unit of work."""
        return {}

    @hookspec
    def extensions(self) -> Iterable[SideTable | type[Extend] | StepGuard | RowRule | Contribution]:
        """Return what the plugin adds to other plugins' models, resources, workflows and pages."""
        return ()

    @hookspec
    def slots(self) -> Iterable[str]:
        """Return the names of the places in the plugin's templates that others may fill."""
        return ()

    @hookspec
    def fills(self) -> Iterable[Fill]:
        """Return what the plugin puts into slots."""
        return ()

    @hookspec
    def checks(self) -> Iterable[Check]:
        """Return invariants of the plugin's data for ``dougong check``."""
        return ()

    @hookspec
    def views(self) -> Iterable[tuple[str, str]]:
        """Return documented read-only SQL views as (name, SELECT) for reporting tools.

        Mark exact columns with their decimal places, ``total /*3*/ AS total``: SQLite keeps them
        as scaled integers, and the view shows the number.
        """
        return ()

    @hookspec
    def seed(self, uow: UnitOfWork) -> None:
        """Put in what a company needs from the first day; doing it twice changes nothing."""

    @hookspec
    def demo(self, uow: UnitOfWork) -> None:
        """Bring the demo company to life; called after the plugins that this one stands on or goes with.

        Their customers, products and documents are there. Called again, it changes nothing; a demo
        that was made before gets nothing of a plugin that comes later. Who may
        log in there stands beside the role: ``Role(…, demo=DemoPerson("porter", "Ida Sand", "沙依达"))``.
        """

    @hookspec
    def installed(self, uow: UnitOfWork) -> None:
        """Act once after the tables are there."""

    @hookspec
    def enabled(self, uow: UnitOfWork) -> None:
        """Act after the plugin was switched on."""

    @hookspec
    def disabled(self, uow: UnitOfWork) -> None:
        """Act before the plugin is switched off."""

    @hookspec
    def upgraded(self, uow: UnitOfWork, before: str) -> None:
        """Act after a new version's migrations; ``before`` is the version that was there."""

    @hookspec
    def uninstalled(self, uow: UnitOfWork) -> None:
        """Act before the tables go."""

    @hookspec
    def app_created(self, app: Flask) -> None:
        """Do what nothing else here can; the application is complete."""
