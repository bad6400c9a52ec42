"""How letterheads are shown and entered."""

from __future__ import annotations

from dougong.i18n import LANGUAGES, _
from dougong.printing.letterheads.models import ANY, Letterhead
from dougong.printing.letterheads.pictures import Picture
from dougong.resources import Choice, Field, Form, Long, Resource, Rights, Section


class LetterheadResource(Resource):
    """What the company's papers say of it."""

    name, model, label, one = (
        "core.letterheads", Letterhead, _("Letterheads"), _("Letterhead"),
    )  # fmt: skip
    icon, title, sort = "file-text", "name", "name"
    columns = ("name", "language", "tax_number", "bank", "account")
    search = ("name",)
    form = Form(
        Section("name", "language", "address", "tax_number", "registration"),
        Section("bank", "account", "bic", title=_("Bank")),
        Section("phone", "email", "website", title=_("Contact"), side=True),
        Section("logo", title=_("Logo"), side=True),
        Section("closing", title=_("Last words"), side=True),
    )
    fields = {
        "name": Field(label=_("Name")),
        "language": Choice(
            label=_("Language"), required=False, choices={ANY: _("Every language"), **LANGUAGES}
        ),
        "address": Long(label=_("Address")),
        "tax_number": Field(label=_("Tax number")),
        "registration": Field(label=_("Register"), help=_("Court and number of the register.")),
        "phone": Field(label=_("Phone")),
        "email": Field(label=_("E-mail")),
        "website": Field(label=_("Website")),
        "bank": Field(label=_("Bank")),
        "account": Field(label=_("Bank account"), help=_("IBAN, or the account's number.")),
        "bic": Field(label=_("BIC")),
        "closing": Long(
            label=_("Closing"), help=_("Stands below invoices and quotes: terms, thanks.")
        ),
        "logo": Picture(label=_("Logo"), help=_("A PNG or JPEG picture of at most 100 kB.")),
    }
    rights = Rights("core.letterhead")
