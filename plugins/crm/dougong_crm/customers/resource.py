"""Customers: parties as the sales desk sees them."""

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
    Tab,
)
from dougong.resources import Text as Words
from dougong_base import CURRENCY_CHOICES, VISITOR_TAB, Party, tax_number_problem
from dougong_crm.customers.glance import glance


def derive_customer(party: Party, facts: Any) -> None:
    """Whoever is entered here is a customer."""
    party.is_customer = True


def check_customer(party: Party, facts: Any) -> None:
    """No mistyped tax number."""
    main = party.address_for("main")
    if problem := tax_number_problem(party.tax_number, main.country if main else None):
        facts.error(party, "tax_number", problem)


def only_customers(model: Any) -> Any:
    """What makes a party a customer."""
    return model.is_customer


class CustomerResource(Resource):
    """Those we sell to: how to reach them, on which terms, up to which credit."""

    name, model, label, one = "crm.customers", Party, _("Customers"), _("Customer")
    empty = _("Who buys from you, with group, territory and credit limit.")
    icon, identity, title, sort = "heart-handshake", "code", "name", "name"
    columns = ["code", "name", "group", "territory", "email", "phone", "credit_limit", "active"]
    search = ["code", "name", "email", "phone", "addresses.city"]
    filters = ["group", "territory", "industry", "credit_limit", "active"]
    groups = ["group", "territory", "industry"]
    form = Form(
        Section("code", "name", "kind", "email", "phone", "website", "tax_number"),
        Lines(
            "addresses", "role", "name", "street", "postcode", "city", "region", "country",
            title=_("Addresses"),
        ),
        Lines("contacts", "kind", "value", "source", "consent", "note", title=_("Contacts")),
        Section("currency", "payment_term", "credit_limit", title=_("Terms"), side=True),
        Section("group", "territory", "industry", "active", title=_("Belongs to"), side=True),
        Section("note", side=True),
    )  # fmt: skip
    fields = {
        "kind": Choice(
            label=_("Kind"),
            choices={"organisation": _("Organisation"), "person": pgettext("party", "Person")},
        ),
        "email": Words(label=_("E-mail"), type="email"),
        "phone": Words(label=_("Telephone"), type="tel"),
        "currency": Choice(label=_("Currency"), choices=CURRENCY_CHOICES),
        "payment_term": Field(label=_("Payment term")),
        "credit_limit": Money(label=_("Credit limit"), least=0),
        "group": Field(label=_("Customer group")),
        "note": Long(label=_("Note")),
        "addresses.role": Choice(
            label=_("Used as"),
            choices={
                "main": _("Main address"),
                "invoice": _("Invoice address"),
                "delivery": _("Delivery address"),
                "other": _("Other"),
            },
        ),
        "contacts.kind": Choice(
            label=_("Kind"),
            choices={
                "mail": _("E-mail"),
                "phone": _("Telephone"),
                "mobile": _("Mobile"),
                "fax": _("Fax"),
                "web": _("Website"),
                "chat": _("Chat"),
                "other": _("Other"),
            },
        ),
        "contacts.value": Field(label=_("Number or address")),
        "contacts.consent": Field(label=_("May be written to")),
    }
    rule, derive, check = only_customers, derive_customer, check_customer
    tabs = [Tab("glance", _("At a glance"), glance, needs="crm.order.read"), VISITOR_TAB]
    rights = Rights("base.party")
