"""The core's own tours: over every list, every form, and the home page."""

from __future__ import annotations

from collections.abc import Iterable

from dougong.i18n import _
from dougong.plugin import Plugin, Tour

LISTS = Tour(
    "core.list",
    _("How lists work"),
    "list",
    (
        ("search", _("Type here to find: a number, a name, a part of either.")),
        ("filters", _("These buttons narrow the list; several work together.")),
        (
            "views",
            _("Keep the filters you use often under a name, and begin with one of them."),
        ),
        ("columns", _("Choose which columns are shown, and in which order.")),
        ("rows", _("Tick rows to do something with all of them at once.")),
        ("more", _("Files in and out, all papers at once, and the way onto your dashboard.")),
        ("new", _("Make a new one here, or press Alt+N on any list.")),
    ),
)
FORMS = Tour(
    "core.form",
    _("How documents work"),
    "form",
    (
        ("states", _("This shows how far the document is.")),
        (
            "fields",
            _("Fields with a star are needed. What follows from others is filled in by itself."),
        ),
        ("lines", _("Enter adds a line; rows of a spreadsheet can be pasted into any cell.")),
        (
            "save",
            _("Save here or press Ctrl+S. What you type is kept in this browser until then."),
        ),
        (
            "steps",
            _(
                "These buttons take the document to its next step; one that cannot be pressed says why."
            ),
        ),
        ("tabs", _("Notes, files, next steps and the whole history of the document.")),
        ("pager", _("Go through the list from here, one document after the other.")),
    ),
)


class GuidingRoom(Plugin):
    """What is the same on all pages of the house."""

    def tours(self) -> Iterable[Tour]:
        """Lists and forms."""
        return [LISTS, FORMS]


room = GuidingRoom()
