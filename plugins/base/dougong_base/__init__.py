"""Basics: the nouns every department shares. Import them, and the helpers, from here."""

from dougong_base.calendars.models import Calendar, Holiday
from dougong_base.calendars.working_days import add_working_days, is_working_day
from dougong_base.currencies.choices import CURRENCY_CHOICES
from dougong_base.currencies.models import Currency, CurrencyRate
from dougong_base.currencies.queries import NoRate, exchanged, rate_on, rates_on
from dougong_base.letters import (
    address_lines,
    addressed,
    country_name,
    kept_lines,
    languages_of,
    receivers,
)
from dougong_base.orders.book import OrderBook, Sources, unfollowed
from dougong_base.orders.columns import (
    Followed,
    FollowUpColumns,
    ReturnOfOrder,
    announce,
    follow_up_rules,
    how_far,
)
from dougong_base.parties.checks import iban_problem, tax_number_problem
from dougong_base.parties.models import Address, BankAccount, Contact, Party
from dougong_base.portal.declared import PortalAction, PortalNoun, Waits
from dougong_base.portal.tabs import SHARE_TAB, VISITOR_TAB
from dougong_base.products.models import Barcode, Category, Product, SupplierItem
from dougong_base.sourced import Sourced
from dougong_base.taxes.compute import LineTax, TaxableLine, Taxed, TaxedLine, compute_taxes
from dougong_base.taxes.models import Tax, TaxMember
from dougong_base.terms.instalments import discount_until, due_on, instalments
from dougong_base.terms.models import PaymentTerm, PaymentTermLine
from dougong_base.units.convert import CannotConvert, convert
from dougong_base.units.counted import Counted, counted
from dougong_base.units.counting import (
    counted_in,
    rounded_down,
    rounded_off,
    rounded_up,
    stepwise,
)
from dougong_base.units.digits import digits_of_products, part_of
from dougong_base.units.models import Unit

__all__ = [
    "CURRENCY_CHOICES",
    "SHARE_TAB",
    "VISITOR_TAB",
    "Address",
    "BankAccount",
    "Barcode",
    "Calendar",
    "CannotConvert",
    "Category",
    "Contact",
    "Counted",
    "Currency",
    "CurrencyRate",
    "FollowUpColumns",
    "Followed",
    "Holiday",
    "LineTax",
    "NoRate",
    "OrderBook",
    "Party",
    "PaymentTerm",
    "PaymentTermLine",
    "PortalAction",
    "PortalNoun",
    "Product",
    "ReturnOfOrder",
    "Sourced",
    "Sources",
    "SupplierItem",
    "Tax",
    "TaxMember",
    "TaxableLine",
    "Taxed",
    "TaxedLine",
    "Unit",
    "Waits",
    "add_working_days",
    "address_lines",
    "addressed",
    "announce",
    "compute_taxes",
    "convert",
    "counted",
    "counted_in",
    "country_name",
    "digits_of_products",
    "discount_until",
    "due_on",
    "exchanged",
    "follow_up_rules",
    "how_far",
    "iban_problem",
    "instalments",
    "is_working_day",
    "kept_lines",
    "languages_of",
    "part_of",
    "rate_on",
    "rates_on",
    "receivers",
    "rounded_down",
    "rounded_off",
    "rounded_up",
    "stepwise",
    "tax_number_problem",
    "unfollowed",
]
