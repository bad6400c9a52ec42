"""How administrators look after tags."""

from __future__ import annotations

from typing import Any

from dougong.i18n import _, pgettext
from dougong.resources import Choice, Field, Form, Resource, Rights, Section
from dougong.tags.models import Tag

COLOUR_NAMES = {
    "secondary": pgettext("colour", "Grey"),
    "blue": pgettext("colour", "Blue"),
    "cyan": pgettext("colour", "Cyan"),
    "green": pgettext("colour", "Green"),
    "orange": pgettext("colour", "Orange"),
    "red": pgettext("colour", "Red"),
    "purple": pgettext("colour", "Purple"),
}


def check_tag(tag: Tag, facts: Any) -> None:
    """Its department is there, and its name can be told apart."""
    if ":" in (tag.name or ""):
        facts.error(tag, "name", _("A tag has no “:” in its name."))
    if not (tag.name or "").strip():
        facts.error(tag, "name", _("Give the tag a name."))
    nouns = getattr(facts.uow.house, "nouns", None)
    if tag.family and nouns is not None and tag.family not in {noun.plugin for noun in nouns}:
        facts.error(tag, "family", _("There is no module of this name."))


class TagResource(Resource):
    """The tags of all departments."""

    name, model, label, one, icon = "core.tags", Tag, _("Tags"), _("Tag"), "tags"
    title, sort = "name", "family,name"
    columns = ("name", "family", "colour")
    search = ("name",)
    filters = ("family", "colour")
    groups = ("family",)
    form = Form(Section("name", "family", "colour"))
    fields = {
        "name": Field(label=_("Name")),
        "family": Field(label=_("Module"), help=_("Whose documents carry it: crm, finance.")),
        "colour": Choice(
            label=_("Colour"), choices=COLOUR_NAMES, colours={c: c for c in COLOUR_NAMES}
        ),
    }
    check = check_tag
    together = False
    rights = Rights("core.tag")
