"""How an administrator sees and makes fields: a list and a form like any other."""

from __future__ import annotations

from dougong.custom.models import CustomField
from dougong.custom.service import FIELD_STEPS, check_field
from dougong.i18n import _, pgettext
from dougong.resources import Choice, Field, Form, Long, Resource, Rights, Section


class CustomFieldResource(Resource):
    """Own fields: what the house keeps beside what the modules know."""

    name, model, label, one, icon = (
        "core.custom-fields", CustomField, _("Own fields"), _("Own field"), "forms",
    )  # fmt: skip
    title, sort = "label", "noun,position"
    columns = ("label", "noun", "name", "kind", "needed", "indexed", "state")
    search = ("label", "label_zh", "name", "noun")
    filters = ("noun", "kind", "state", "needed")
    groups = ("noun", "kind", "state")
    form = Form(
        Section("noun", "label", "label_zh", "name", "kind", "help"),
        Section("choices", "target", "digits", title=_("Depending on the kind")),
        Section("needed", "indexed", "position", "state", side=True),
    )
    fields = {
        "noun": Choice(label=_("Belongs to"), help=_("It cannot be changed later.")),
        "name": Field(
            label=_("Name"),
            help=_(
                "For files and programs, in small letters: wood_grade. It cannot be changed later."
            ),
        ),
        "label": Field(label=_("Label")),
        "label_zh": Field(label=_("Label in Chinese")),
        "help": Field(label=_("Help below the field")),
        "kind": Choice(
            choices={
                "text": pgettext("own field", "Text"),
                "number": pgettext("own field", "Number"),
                "money": pgettext("own field", "Money"),
                "date": pgettext("own field", "Day"),
                "flag": pgettext("own field", "Yes or no"),
                "choice": pgettext("own field", "Choice"),
                "link": pgettext("own field", "Link"),
            },
            label=_("Kind"),
            help=_("It cannot be changed later."),
        ),
        "digits": Field(label=_("Decimal places"), least=0, most=6),
        "choices": Long(
            label=_("Choices"),
            help=_(
                "One a line: the word that is kept, its label, its label in Chinese: oak = Oak = 橡木"
            ),
        ),
        "target": Choice(label=_("Leads to"), help=_("For a link.")),
        "needed": Field(label=_("Must be filled in")),
        "indexed": Field(
            label=_("Often searched by"), help=_("An index makes filtering by it fast.")
        ),
        "position": Field(label=_("Place in the form")),
    }
    derived = ("state",)
    steps, check, rights = FIELD_STEPS, check_field, Rights("core.customfield")
