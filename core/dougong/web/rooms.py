"""The core's own rooms that have pages; each hangs itself up by ``open_room(app)``."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from flask import Flask

#: In the order in which their ``before_request`` must run: who acts is known before anything else.
ROOMS = (
    "dougong.people.web",
    "dougong.audit.web",
    "dougong.operations.web",
    "dougong.series.web",
    "dougong.problems.web",
    "dougong.first_steps.web",
    "dougong.guiding.web",
    "dougong.demo_pages",
    "dougong.modules.web",
    "dougong.layouts.web",
    "dougong.approvals.web",
    "dougong.notices.web",
    "dougong.dashboards.web",
    "dougong.favourites.web",
    "dougong.visits.web",
    "dougong.resources.web",
    "dougong.web.api",
    "dougong.web.resources",
    "dougong.reports.web",
    "dougong.printing.web",
)


def open_rooms(app: Flask) -> None:
    """Hang up every room that is there."""
    for name in ROOMS:
        if find_spec(name.rpartition(".")[0]) and find_spec(name):
            import_module(name).open_room(app)
