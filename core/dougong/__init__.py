"""Dougong: a small core that business plugins slot into.

Everything a plugin author needs is importable from here. Any other module of the package may
change between minor versions.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.db import Document, Owned, Record, Row, Tables, link_to, metadata
    from dougong.deprecation import Deprecated, deprecated
    from dougong.errors import BadQuery, DougongError, Forbidden, Invalid, NotFound, Refused, Stale
    from dougong.events import DocumentRef, Event, Reaction, ref
    from dougong.hookspecs import API_VERSION, hookimpl
    from dougong.i18n import Text, _, ngettext, pgettext
    from dougong.money import Money, digits_of, rounded, rounded_to, split
    from dougong.plugin import (
        Check,
        Contribution,
        Dashboard,
        DashboardCard,
        DemoPerson,
        Fill,
        FirstStep,
        Job,
        MenuItem,
        Permission,
        Plugin,
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
    from dougong.sealing import Sealed
    from dougong.triggers import protect, protect_parts, unprotect, unprotect_parts
    from dougong.types import ZERO, Amount, Exact, Id, Json, Moment, Percent, Price, Quantity, Rate
    from dougong.unit_of_work import UnitOfWork
    from dougong.workflows import Ask, State, Step, StepNotAllowed, Workflow, later

_HOMES = {
    "dougong.actors": ["Actor"],
    "dougong.db": ["Document", "Owned", "Record", "Row", "Tables", "link_to", "metadata"],
    "dougong.deprecation": ["Deprecated", "deprecated"],
    "dougong.errors": [
        "BadQuery", "DougongError", "Forbidden", "Invalid", "NotFound", "Refused", "Stale",
    ],
    "dougong.events": ["DocumentRef", "Event", "Reaction", "ref"],
    "dougong.hookspecs": ["API_VERSION", "hookimpl"],
    "dougong.i18n": ["Text", "_", "ngettext", "pgettext"],
    "dougong.money": ["Money", "digits_of", "rounded", "rounded_to", "split"],
    "dougong.plugin": [
        "Check", "Contribution", "Dashboard", "DashboardCard", "DemoPerson", "Fill", "FirstStep",
        "Job", "MenuItem", "Permission", "Plugin", "Replay", "Role", "RowRule", "Series", "Setting",
        "SideTable", "StepGuard", "Tour", "Widget",
    ],
    "dougong.sealing": ["Sealed"],
    "dougong.triggers": ["protect", "protect_parts", "unprotect", "unprotect_parts"],
    "dougong.types": [
        "ZERO", "Amount", "Exact", "Id", "Json", "Moment", "Percent", "Price", "Quantity", "Rate",
    ],
    "dougong.unit_of_work": ["UnitOfWork"],
    "dougong.workflows": ["Ask", "State", "Step", "StepNotAllowed", "Workflow", "later"],
}  # fmt: skip
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

# Literal, because type checkers read it without running it; a test compares it with `_HOMES`.
__all__ = [
    "API_VERSION",
    "ZERO",
    "Actor",
    "Amount",
    "Ask",
    "BadQuery",
    "Check",
    "Contribution",
    "Dashboard",
    "DashboardCard",
    "DemoPerson",
    "Deprecated",
    "Document",
    "DocumentRef",
    "DougongError",
    "Event",
    "Exact",
    "Fill",
    "FirstStep",
    "Forbidden",
    "Id",
    "Invalid",
    "Job",
    "Json",
    "MenuItem",
    "Moment",
    "Money",
    "NotFound",
    "Owned",
    "Percent",
    "Permission",
    "Plugin",
    "Price",
    "Quantity",
    "Rate",
    "Reaction",
    "Record",
    "Refused",
    "Replay",
    "Role",
    "Row",
    "RowRule",
    "Sealed",
    "Series",
    "Setting",
    "SideTable",
    "Stale",
    "State",
    "Step",
    "StepGuard",
    "StepNotAllowed",
    "Tables",
    "Text",
    "Tour",
    "UnitOfWork",
    "Widget",
    "Workflow",
    "_",
    "deprecated",
    "digits_of",
    "hookimpl",
    "later",
    "link_to",
    "metadata",
    "ngettext",
    "pgettext",
    "protect",
    "protect_parts",
    "ref",
    "rounded",
    "rounded_to",
    "split",
    "unprotect",
    "unprotect_parts",
]


def __getattr__(name: str) -> Any:
    """Import a name when it is first asked for: the command line's help needs no database."""
    home = _HOME_OF.get(name)
    if home is None:
        from dougong.deprecation import old_name

        return old_name("dougong", name)
    value = getattr(importlib.import_module(home), name)
    globals()[name] = value
    return value
