"""Nouns: from a model and a declaration the core makes list, form, API, import and export."""

from dougong.resources.declare import (
    Calendar,
    Extend,
    Form,
    Gantt,
    Kanban,
    Lines,
    Pivot,
    Resource,
    Rights,
    Section,
    Tab,
    Tree,
)
from dougong.resources.fields import Choice, Day, Field, Flag, Link, Long, Money, Number, Text
from dougong.resources.nouns import Noun, Nouns, build

__all__ = [
    "Calendar",
    "Choice",
    "Day",
    "Extend",
    "Field",
    "Flag",
    "Form",
    "Gantt",
    "Kanban",
    "Lines",
    "Link",
    "Long",
    "Money",
    "Noun",
    "Nouns",
    "Number",
    "Pivot",
    "Resource",
    "Rights",
    "Section",
    "Tab",
    "Text",
    "Tree",
    "build",
]  # fmt: skip
