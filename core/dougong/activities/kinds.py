"""The kinds of activities that a new house begins with."""

from __future__ import annotations

from dougong.i18n import Text, pgettext

#: Name, icon, days until due.
FIRST: tuple[tuple[Text, str, int], ...] = (
    (pgettext("activity", "Call"), "phone", 1),
    (pgettext("activity", "Meeting"), "users", 7),
    (pgettext("activity", "E-mail"), "mail", 1),
    (pgettext("activity", "To do"), "checkbox", 3),
    (pgettext("activity", "Document"), "file-text", 5),
)
_KNOWN = {text.message: text for text, _icon, _days in FIRST}


def said(name: str) -> str:
    """A kind's name; one that the house came with, in the language spoken now."""
    known = _KNOWN.get(name)
    return str(known) if known is not None else name
