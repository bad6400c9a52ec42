"""What a half of production brings along; the plugin only joins the parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dougong import (
    Check,
    Fill,
    Job,
    MenuItem,
    Permission,
    Reaction,
    Replay,
    Role,
    Series,
    Setting,
    UnitOfWork,
    Widget,
    Workflow,
)  # fmt: skip
from dougong.reports import Report
from dougong.resources import Resource

if TYPE_CHECKING:
    import click
    from flask import Blueprint


def nothing(uow: UnitOfWork) -> None:
    """Bring nothing."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """The rooms of one half, as the hooks of a plugin name them.

    Menu entries stand under ``production``: making from 10, planning from 100, machines from
    200; quality has a heading of its own.
    """

    models: Sequence[type[Any]] = ()
    resources: Sequence[type[Resource]] = ()
    menus: Sequence[MenuItem] = ()
    #: Made anew for each application: a blueprint is registered once.
    pages: Callable[[], Iterable[Blueprint]] = tuple
    workflows: Sequence[Workflow] = ()
    reports: Sequence[Report] = ()
    widgets: Sequence[Widget] = ()
    permissions: Sequence[Permission] = ()
    roles: Sequence[Role] = ()
    settings: Sequence[Setting] = ()
    series: Sequence[Series] = ()
    jobs: Sequence[Job] = ()
    commands: Callable[[], Iterable[click.Command]] = tuple
    reactions: Sequence[Reaction] = ()
    replays: Sequence[Replay] = ()
    providers: Mapping[type[Any], Callable[[UnitOfWork], Any]] = field(default_factory=dict)
    extensions: Sequence[Any] = ()
    slots: Sequence[str] = ()
    fills: Sequence[Fill] = ()
    checks: Sequence[Check] = ()
    views: Sequence[tuple[str, str]] = ()
    seed: Callable[[UnitOfWork], None] = nothing
    demo: Callable[[UnitOfWork], None] = nothing
