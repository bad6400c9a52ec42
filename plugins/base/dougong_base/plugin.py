"""How basics slots into the house."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import dougong_base as base
from dougong import Plugin, Setting, UnitOfWork, _, hookimpl
from dougong_base.seed import seed_basics


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
        ]  # fmt: skip

    @hookimpl
    def settings(self) -> Iterable[Setting]:
        """How taxes are rounded."""
        return [
            Setting(
                "base.tax_rounding",
                _("Round taxes"),
                "document",
                "choice",
                {"document": _("Once for the document"), "line": _("For each line")},
            )
        ]

    @hookimpl
    def seed(self, uow: UnitOfWork) -> None:
        """Currencies, units, taxes, payment terms and a calendar."""
        seed_basics(uow)


plugin = Base()
