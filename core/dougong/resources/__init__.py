"""Nouns: from a model and a declaration the core makes list, form, API, import and export."""

from dougong.resources.declare import (
    Calendar,
    Extend,
    Form,
    Kanban,
    Lines,
    Pivot,
    Resource,
    Rights,
    Section,
    Tab,
)
from dougong.resources.fields import Choice, Day, Field, Flag, Link, Long, Money, Number, Text

__all__ = [
    "Calendar", "Choice", "Day", "Extend", "Field", "Flag", "Form", "Kanban", "Lines", "Link",
    "Long", "Money", "Number", "Pivot", "Resource", "Rights", "Section", "Tab", "Text",
]  # fmt: skip
