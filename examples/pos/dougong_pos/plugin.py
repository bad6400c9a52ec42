"""How the point of sale slots into the house."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint

from dougong import (
    DemoPerson,
    MenuItem,
    Permission,
    Plugin,
    Replay,
    Role,
    Series,
    UnitOfWork,
    Workflow,
    _,
    hookimpl,
    pgettext,
)
from dougong.printing import Print
from dougong.resources import Resource
from dougong_base.events import SaleBillable, TakingsCounted
from dougong_pos.demo import open_shop
from dougong_pos.pages import pages
from dougong_pos.replays import unbilled, unbooked
from dougong_pos.sales.models import Sale, SaleItem
from dougong_pos.sales.papers import RECEIPT
from dougong_pos.sales.resource import SaleResource
from dougong_pos.sales.workflow import SALE_STEPS
from dougong_pos.tills.models import Day, Till
from dougong_pos.tills.resource import DayResource, TillResource
from dougong_pos.tills.workflow import DAY_STEPS

CASHIER = ["pos.sale.*", "pos.day.*", "pos.till.read", "base.product.read", "base.party.read"]


class PointOfSale(Plugin):
    """Tills, days, receipts."""

    @hookimpl
    def models(self) -> Iterable[type[Any]]:
        """Tills and their days, sales and their lines."""
        return [Till, Day, Sale, SaleItem]

    @hookimpl
    def resources(self) -> Iterable[type[Resource]]:
        """Three nouns."""
        return [TillResource, DayResource, SaleResource]

    @hookimpl
    def workflows(self) -> Iterable[Workflow]:
        """Of a day and of a sale."""
        return [DAY_STEPS, SALE_STEPS]

    @hookimpl
    def pages(self) -> Iterable[Blueprint]:
        """The till."""
        return [pages]

    @hookimpl
    def menus(self) -> Iterable[MenuItem]:
        """A heading and its entries."""
        return [
            MenuItem(key="pos", label=_("Point of sale"), icon="cash-register", order=55),
            MenuItem(
                key="pos.till",
                label=_("Till"),
                to="pos.choose",
                parent="pos",
                order=10,
                needs="pos.sale.sell",
            ),
            MenuItem(
                key="pos.sales", label=pgettext("till", "Receipts"), to="pos.sales", parent="pos"
            ),
            MenuItem(key="pos.days", label=_("Till days"), to="pos.days", parent="pos"),
            MenuItem(key="pos.tills", label=_("Tills"), to="pos.tills", parent="pos"),
        ]

    @hookimpl
    def prints(self) -> Iterable[Print]:
        """The receipt."""
        return [RECEIPT]

    @hookimpl
    def permissions(self) -> Iterable[Permission]:
        """Who may sell."""
        return [Permission("pos.sale.sell", _("Sell at a till"))]

    @hookimpl
    def roles(self) -> Iterable[Role]:
        """Who stands at the till."""
        shown_by = DemoPerson("cashier", "Max Feld", "马克")
        return [Role("pos.cashier", _("Cashier"), CASHIER, demo=shown_by)]

    @hookimpl
    def sequences(self) -> Iterable[Series]:
        """Receipts and days without gaps."""
        return [
            Series("till-receipt", pgettext("till", "Receipts"), "RC"),
            Series("till-day", _("Till days"), "TD"),
        ]

    @hookimpl
    def replays(self) -> Iterable[Replay]:
        """What books that came later have missed, the invoices before the money that paid them."""
        return [Replay(SaleBillable, unbilled), Replay(TakingsCounted, unbooked)]

    @hookimpl
    def demo(self, uow: UnitOfWork) -> None:
        """One till."""
        open_shop(uow)


plugin = PointOfSale()
