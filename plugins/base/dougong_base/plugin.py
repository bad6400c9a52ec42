"""How basics slots into the house."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import dougong_base as base
from dougong import (
    Check,
    FirstStep,
    MenuItem,
    Permission,
    Plugin,
    Reaction,
    Role,
    RowRule,
    Setting,
    UnitOfWork,
    _,
    hookimpl,
)
from dougong.printing import Print
from dougong.reports import Report
from dougong.resources import Resource
from dougong.web.outside import keep_home
from dougong.web.rights import check_blueprint
from dougong_base.calendars.resource import CalendarResource
from dougong_base.checks import CHECKS
from dougong_base.currencies.resource import CurrencyResource, RateResource
from dougong_base.demo import bring_to_life
from dougong_base.first_steps import FIRST_STEPS
from dougong_base.parties.resource import AddressResource, PartyResource
from dougong_base.portal import office
from dougong_base.portal import pages as portal
from dougong_base.portal.demo import let_a_customer_in
from dougong_base.portal.events import DocumentShared, PortalOpened
from dougong_base.portal.letters import write_about_documents, write_invitations
from dougong_base.portal.models import PortalKey, PortalLogIn
from dougong_base.portal.service import INVITE
from dougong_base.products.papers import PRODUCT_PRINTS
from dougong_base.products.resource import CategoryResource, ProductResource
from dougong_base.reports.duplicates import DUPLICATES
from dougong_base.seed import seed_basics
from dougong_base.taxes.resource import TaxResource
from dougong_base.terms.resource import TermResource
from dougong_base.units.counted import keep_fine_rows
from dougong_base.units.counting import MARK
from dougong_base.units.digits import keep_digits
from dougong_base.units.resource import UnitResource

if TYPE_CHECKING:
    from flask import Blueprint, Flask

#: What everyone in the house may look up.
NOUNS = ("party", "product", "category", "unit", "currency", "tax", "term", "calendar")


class Base(Plugin):
    """Basics."""

    @hookimpl
    def models(self) -> Iterable[type[Any]]:
        """Parties, products, units, currencies, taxes, terms, calendars."""
        return [
            base.Currency, base.CurrencyRate, base.Unit, base.Tax, base.TaxMember,
            base.PaymentTerm, base.PaymentTermLine, base.Calendar, base.Holiday,
            base.Party, base.Address, base.Contact, base.BankAccount,
            base.Category, base.Product, base.Barcode, base.SupplierItem,
            PortalKey, PortalLogIn,
        ]  # fmt: skip

    @hookimpl
    def resources(self) -> Iterable[type[Resource]]:
        """How each noun is shown and entered."""
        return [
            PartyResource, AddressResource, ProductResource, CategoryResource, UnitResource,
            CurrencyResource, RateResource, TaxResource, TermResource, CalendarResource,
        ]  # fmt: skip

    @hookimpl
    def menus(self) -> Iterable[MenuItem]:
        """Parties and products first, what is rarely touched below."""
        entries = [
            ("parties", _("Parties"), "users"),
            ("products", _("Products"), "package"),
            ("categories", _("Categories"), "category"),
            ("units", _("Units"), "ruler-2"),
            ("taxes", _("Taxes"), "receipt-tax"),
            ("terms", _("Payment terms"), "calendar-dollar"),
            ("currencies", _("Currencies"), "currency-yuan"),
            ("rates", _("Exchange rates"), "arrows-exchange"),
            ("calendars", _("Calendars"), "calendar-week"),
        ]
        yield MenuItem(key="base", label=_("Basics"), icon="database", order=80)
        for order, (slug, label, icon) in enumerate(entries, 1):
            yield MenuItem(
                key=f"base.{slug}", label=label, to=f"base.{slug}", parent="base", icon=icon,
                order=order * 10,
            )  # fmt: skip

    @hookimpl
    def reports(self) -> Iterable[Report]:
        """Parties that may be one and the same."""
        return [DUPLICATES]

    @hookimpl
    def prints(self) -> Iterable[Print]:
        """Labels for products."""
        return PRODUCT_PRINTS

    @hookimpl
    def first_steps(self) -> Iterable[FirstStep]:
        """What a company enters first here."""
        return FIRST_STEPS

    @hookimpl
    def permissions(self) -> Iterable[Permission]:
        """What only some may see."""
        return [
            Permission("base.bank.read", _("See bank accounts")),
            Permission("base.cost.read", _("See cost prices and margins")),
            Permission(INVITE, _("Invite customers to the portal and share documents with them")),
        ]

    @hookimpl
    def roles(self) -> Iterable[Role]:
        """Those who keep the basics, and those who look things up."""
        return [
            Role("base.keeper", _("Keeper of the basics"), ["base.*"]),
            Role(
                "base.reader",
                _("Reader of the basics"),
                [f"base.{noun}.read" for noun in NOUNS],
            ),
        ]

    @hookimpl
    def extensions(self) -> Iterable[Any]:
        """Quantities are no finer than their unit, in whatever document of whatever plugin."""
        return [RowRule(MARK, keep_digits), RowRule("counting", keep_fine_rows)]

    @hookimpl
    def checks(self) -> Iterable[Check]:
        """What must be true of the basics."""
        return CHECKS

    @hookimpl
    def settings(self) -> Iterable[Setting]:
        """How taxes are rounded, how long links last."""
        return [
            Setting(
                "base.tax_rounding",
                _("Round taxes"),
                "document",
                "choice",
                {"document": _("Once for the document"), "line": _("For each line")},
            ),
            Setting(
                "base.portal_days",
                _("Days a customer's link is valid"),
                90,
                "number",
                help=_("Links to the portal and to single documents."),
            ),
        ]

    @hookimpl
    def pages(self) -> Iterable[Blueprint]:
        """The office's buttons of the portal."""
        return [office.pages]

    @hookimpl
    def reactions(self) -> Iterable[Reaction]:
        """Letters to customers."""
        return [
            Reaction(PortalOpened, write_invitations, mode="after_commit"),
            Reaction(DocumentShared, write_about_documents, mode="after_commit"),
        ]

    @hookimpl
    def app_created(self, app: Flask) -> None:
        """Open the portal beside the office: its addresses are for customers to read."""
        check_blueprint(portal.pages)
        app.register_blueprint(portal.pages)
        keep_home(app, "/portal")

    @hookimpl
    def seed(self, uow: UnitOfWork) -> None:
        """Currencies, units, taxes, payment terms and a calendar."""
        seed_basics(uow)

    @hookimpl
    def demo(self, uow: UnitOfWork) -> None:
        """A few parties and products, and a customer who comes in from outside."""
        bring_to_life(uow)
        let_a_customer_in(uow)


plugin = Base()
