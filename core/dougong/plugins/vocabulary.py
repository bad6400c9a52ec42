"""What each hook returns, how it is called, and which of its names begin with the plugin's."""

from __future__ import annotations

from collections.abc import Mapping

from dougong import plugin as descriptors
from dougong.events import Reaction
from dougong.i18n import _
from dougong.printing.declared import Print
from dougong.reports import Report
from dougong.workflows import Workflow

#: What each hook returns.
KINDS: Mapping[str, type] = {
    "menus": descriptors.MenuItem,
    "workflows": Workflow,
    "reports": Report,
    "prints": Print,
    "widgets": descriptors.Widget,
    "first_steps": descriptors.FirstStep,
    "tours": descriptors.Tour,
    "dashboards": descriptors.Dashboard,
    "permissions": descriptors.Permission,
    "roles": descriptors.Role,
    "settings": descriptors.Setting,
    "sequences": descriptors.Series,
    "jobs": descriptors.Job,
    "reactions": Reaction,
    "replays": descriptors.Replay,
    "slots": str,
    "fills": descriptors.Fill,
    "checks": descriptors.Check,
    "views": tuple,
}
#: Hooks whose names begin with the plugin's.
NAMED = {
    "permissions": "name", "settings": "key", "jobs": "name", "workflows": "name", "prints": "name",
    "dashboards": "name", "first_steps": "key", "tours": "key",
}  # fmt: skip
#: What descriptors are to call.
CALLED = {"jobs": "act", "checks": "run", "widgets": "ask", "reports": "ask", "reactions": "act"}
WORDS = {
    "workflows": _("workflow"),
    "reports": _("report"),
    "prints": _("paper"),
    "dashboards": _("dashboard"),
    "permissions": _("right"),
    "roles": _("role"),
    "settings": _("setting"),
    "sequences": _("number series"),
    "first_steps": _("first step"),
    "tours": _("tour"),
    "jobs": _("job"),
    "resources": _("resource"),
    "menus": _("menu entry"),
    "checks": _("check"),
    "views": _("view"),
    "providers": _("port"),
}
