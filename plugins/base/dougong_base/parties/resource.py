"""How parties are shown and entered."""

from __future__ import annotations

from typing import Any

from dougong import _, pgettext
from dougong.resources import (
    Choice,
    Field,
    Form,
    Lines,
    Long,
    Money,
    Resource,
    Rights,
    Section,
    Text,
)
from dougong_base.currencies.choices import CURRENCY_CHOICES
from dougong_base.parties.checks import iban_problem, tax_number_problem
from dougong_base.parties.models import Address, Party
from dougong_base.portal.tabs import VISITOR_TAB

KINDS = {"organisation": _("Organisation"), "person": pgettext("party", "Person")}
ROLES = {
    "main": _("Main address"),
    "invoice": _("Invoice address"),
    "delivery": _("Delivery address"),
    "other": _("Other"),
}
CHANNELS = {
    "mail": _("E-mail"),
    "phone": _("Telephone"),
    "mobile": _("Mobile"),
    "fax": _("Fax"),
    "web": _("Website"),
    "chat": _("Chat"),
    "other": _("Other"),
}
LANGUAGES = {"en": "English", "zh_Hans_CN": "简体中文"}


def check_party(party: Party, facts: Any) -> None:
    """No circles above it, no mistyped numbers."""
    above, seen = facts.get(Party, party.parent_id), {party.id}
    while above is not None:
        if above.id in seen:
            facts.error(party, "parent", _("A party cannot stand above itself."))
            break
        seen.add(above.id)
        above = facts.get(Party, above.parent_id)
    main = party.address_for("main")
    if problem := tax_number_problem(party.tax_number, main.country if main else None):
        facts.error(party, "tax_number", problem)
    for account in party.bank_accounts:
        if problem := iban_problem(account.number):
            facts.error(account, "number", problem)


class PartyResource(Resource):
    """Everyone the house deals with: customers, suppliers, employees and their contacts."""

    name, model, label, one, icon = "base.parties", Party, _("Parties"), _("Party"), "users"
    empty = _(
        "Everybody you deal with: customers, suppliers, carriers, with addresses and contacts."
    )
    identity, title, sort = "code", "name", "name"
    columns = ["code", "name", "kind", "group", "email", "phone", "is_customer", "is_supplier"]
    search = ["code", "name", "email", "phone", "tax_number", "addresses.city"]
    filters = [
        "is_customer", "is_supplier", "is_employee", "kind", "parent", "group", "territory",
        "industry", "active",
    ]  # fmt: skip
    groups = ["kind", "group", "territory", "industry"]
    form = Form(
        Section("code", "name", "kind", "parent", "email", "phone", "website", "tax_number"),
        Lines(
            "addresses", "role", "name", "street", "street2", "postcode", "city", "region",
            "country", title=_("Addresses"),
        ),
        Lines("contacts", "kind", "value", "source", "consent", "note", title=_("Contacts")),
        Lines("bank_accounts", "bank", "holder", "number", "bic", title=_("Bank accounts")),
        Section("is_customer", "is_supplier", "is_employee", title=_("Roles"), side=True),
        Section(
            "currency", "payment_term", "supplier_term", "credit_limit", "language",
            title=_("Terms"), side=True,
        ),
        Section("group", "territory", "industry", "active", title=_("Belongs to"), side=True),
        Section("note", side=True),
    )  # fmt: skip
    fields = {
        "kind": Choice(label=_("Kind"), choices=KINDS),
        "parent": Field(label=_("Belongs to")),
        "email": Text(label=_("E-mail"), type="email"),
        "phone": Text(label=_("Telephone"), type="tel"),
        "is_customer": Field(label=_("Customer")),
        "is_supplier": Field(label=_("Supplier")),
        "is_employee": Field(label=_("Employee")),
        "currency": Choice(label=_("Currency"), choices=CURRENCY_CHOICES),
        "language": Choice(label=_("Language"), choices=LANGUAGES),
        "supplier_term": Field(label=_("Terms as supplier")),
        "credit_limit": Money(
            label=_("Credit limit"),
            least=0,
            help=_("In the company's currency; empty means no limit."),
        ),
        "group": Field(label=_("Customer group")),
        "note": Long(label=_("Note")),
        "addresses.role": Choice(label=_("Used as"), choices=ROLES),
        "addresses.name": Field(label=_("Name")),
        "addresses.street2": Field(label=_("More")),
        "addresses.country": Field(label=_("Country"), help=_("Two letters, as CN or DE.")),
        "contacts.kind": Choice(label=_("Kind"), choices=CHANNELS),
        "contacts.value": Field(label=_("Number or address")),
        "contacts.consent": Field(label=_("May be written to")),
        "bank_accounts.number": Field(label=_("Account or IBAN")),
        "bank_accounts.bic": Field(label=_("BIC")),
    }
    tabs = [VISITOR_TAB]
    check, rights = check_party, Rights("base.party")


class AddressResource(Resource):
    """The addresses of all parties, to choose from; they are entered with their party."""

    name, model, label, one = "base.addresses", Address, _("Addresses"), _("Address")
    icon, title, sort = "map-pin", "street", "id"
    columns = ["party", "role", "street", "postcode", "city", "country"]
    search, filters = ["street", "city", "party.name"], ["party", "role", "city", "country"]
    form = Form(Section("party", "role", "name", "street", "postcode", "city", "country"))
    fields = {
        "role": Choice(label=_("Used as"), choices=ROLES),
        "party": Field(label=_("Party")),
    }
    rights = Rights("base.party", only_read=True)
