"""How production slots into the house. Wiring only: each half brings its own part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from dougong import (
    Check,
    Dashboard,
    Fill,
    FirstStep,
    Job,
    MenuItem,
    Permission,
    Plugin,
    Reaction,
    Replay,
    Role,
    Series,
    Setting,
    UnitOfWork,
    Widget,
    Workflow,
    _,
    hookimpl,
)  # fmt: skip
from dougong.printing import Print
from dougong.reports import Report
from dougong.resources import Resource
from dougong_production.dashboards import WORKSHOP_DASHBOARD
from dougong_production.first_steps import FIRST_STEPS
from dougong_production.making.wiring import MAKING
from dougong_production.orders.papers import ORDER_PRINTS
from dougong_production.planning.wiring import PLANNING
from dougong_production.quality.wiring import QUALITY

if TYPE_CHECKING:
    import click
    from flask import Blueprint

PARTS = (MAKING, PLANNING, QUALITY)


class Production(Plugin):
    """Bills of materials, planning, work orders and quality."""

    @hookimpl
    def models(self) -> Iterable[type[Any]]:
        """The tables of all rooms."""
        return [one for part in PARTS for one in part.models]

    @hookimpl
    def resources(self) -> Iterable[type[Resource]]:
        """How each noun is shown and entered."""
        return [one for part in PARTS for one in part.resources]

    @hookimpl
    def menus(self) -> Iterable[MenuItem]:
        """Daily work first."""
        entries = [one for part in PARTS for one in part.menus]
        if entries:
            label = _("Production")
            yield MenuItem(key="production", label=label, icon="building-factory-2", order=35)
        yield from entries

    @hookimpl
    def pages(self) -> Iterable[Blueprint]:
        """What no resource can say."""
        return [one for part in PARTS for one in part.pages()]

    @hookimpl
    def workflows(self) -> Iterable[Workflow]:
        """The steps of each document."""
        return [one for part in PARTS for one in part.workflows]

    @hookimpl
    def reports(self) -> Iterable[Report]:
        """What is short, what it costs, who is busy."""
        return [one for part in PARTS for one in part.reports]

    @hookimpl
    def prints(self) -> Iterable[Print]:
        """Work order cards."""
        return ORDER_PRINTS

    @hookimpl
    def widgets(self) -> Iterable[Widget]:
        """What the home page tells of production."""
        return [one for part in PARTS for one in part.widgets]

    @hookimpl
    def first_steps(self) -> Iterable[FirstStep]:
        """What a company enters first here."""
        return FIRST_STEPS

    @hookimpl
    def dashboards(self) -> Iterable[Dashboard]:
        """What the workshop looks at first."""
        return [WORKSHOP_DASHBOARD]

    @hookimpl
    def permissions(self) -> Iterable[Permission]:
        """What no step implies."""
        return [one for part in PARTS for one in part.permissions]

    @hookimpl
    def roles(self) -> Iterable[Role]:
        """Those who plan, make and inspect."""
        return [one for part in PARTS for one in part.roles]

    @hookimpl
    def settings(self) -> Iterable[Setting]:
        """What an administrator may decide."""
        return [one for part in PARTS for one in part.settings]

    @hookimpl
    def sequences(self) -> Iterable[Series]:
        """A number series for each document."""
        return [one for part in PARTS for one in part.series]

    @hookimpl
    def jobs(self) -> Iterable[Job]:
        """Long work, and work done again and again."""
        return [one for part in PARTS for one in part.jobs]

    @hookimpl
    def commands(self) -> Iterable[click.Command]:
        """What can be done from the command line."""
        return [one for part in PARTS for one in part.commands()]

    @hookimpl
    def reactions(self) -> Iterable[Reaction]:
        """What production does when others have news."""
        return [one for part in PARTS for one in part.reactions]

    @hookimpl
    def replays(self) -> Iterable[Replay]:
        """What a department that came later has missed."""
        return [one for part in PARTS for one in part.replays]

    @hookimpl
    def extensions(self) -> Iterable[Any]:
        """What production adds to others' nouns."""
        return [one for part in PARTS for one in part.extensions]

    @hookimpl
    def slots(self) -> Iterable[str]:
        """Places that others may fill."""
        return [one for part in PARTS for one in part.slots]

    @hookimpl
    def fills(self) -> Iterable[Fill]:
        """What production puts into others' pages."""
        return [one for part in PARTS for one in part.fills]

    @hookimpl
    def checks(self) -> Iterable[Check]:
        """What must always be true."""
        return [one for part in PARTS for one in part.checks]

    @hookimpl
    def views(self) -> Iterable[tuple[str, str]]:
        """Production as reporting tools see it."""
        return [one for part in PARTS for one in part.views]

    @hookimpl
    def providers(self) -> Mapping[type[Any], Callable[[UnitOfWork], Any]]:
        """The questions of other departments that production answers."""
        return {port: answer for part in PARTS for port, answer in part.providers.items()}

    @hookimpl
    def seed(self, uow: UnitOfWork) -> None:
        """What is needed from the first day."""
        for part in PARTS:
            part.seed(uow)

    @hookimpl
    def demo(self, uow: UnitOfWork) -> None:
        """A workshop that is busy."""
        for part in PARTS:
            part.demo(uow)


plugin = Production()
