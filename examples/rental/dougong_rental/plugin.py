"""How rental slots into the house."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from dougong import (
    Check,
    DemoPerson,
    Job,
    MenuItem,
    Plugin,
    Reaction,
    Role,
    Series,
    SideTable,
    UnitOfWork,
    Workflow,
    _,
    hookimpl,
    pgettext,
)
from dougong.printing import Print
from dougong.reports import Report
from dougong.resources import Extend, Resource
from dougong_base import Party
from dougong_base.events import InvoicePaid
from dougong_rental.assets.models import Asset, CustomerDeposit
from dougong_rental.assets.resource import AssetResource, CustomerExtension
from dougong_rental.checks import CHECKS
from dougong_rental.demo import let_things
from dougong_rental.rentals.models import BookedDay, Rental
from dougong_rental.rentals.papers import PAPERS
from dougong_rental.rentals.resource import RentalResource
from dougong_rental.rentals.service import note_payment, tell_late
from dougong_rental.rentals.workflow import RENTAL_STEPS
from dougong_rental.reports.use import USE


class RentalPlugin(Plugin):
    """Assets and rentals."""

    @hookimpl
    def models(self) -> Iterable[type[Any]]:
        """Assets, rentals and their days, what customers leave with us."""
        return [Asset, Rental, BookedDay, CustomerDeposit]

    @hookimpl
    def resources(self) -> Iterable[type[Resource]]:
        """Two nouns."""
        return [AssetResource, RentalResource]

    @hookimpl
    def workflows(self) -> Iterable[Workflow]:
        """Reserved, handed over, returned."""
        return [RENTAL_STEPS]

    @hookimpl
    def menus(self) -> Iterable[MenuItem]:
        """A heading and its entries."""
        return [
            MenuItem(key="rental", label=_("Rental"), icon="crane", order=60),
            MenuItem(
                key="rental.rentals", label=_("Rentals"), to="rental.rentals", parent="rental"
            ),
            MenuItem(
                key="rental.assets",
                label=pgettext("rental", "Assets"),
                to="rental.assets",
                parent="rental",
            ),
            MenuItem(key="rental.use", label=_("Use of assets"), to="rental.use", parent="rental"),
        ]

    @hookimpl
    def reports(self) -> Iterable[Report]:
        """How much each asset is out."""
        return [USE]

    @hookimpl
    def prints(self) -> Iterable[Print]:
        """Agreement and label."""
        return PAPERS

    @hookimpl
    def roles(self) -> Iterable[Role]:
        """Who stands at the desk."""
        shown_by = DemoPerson("desk", "Ida Sand", "沈怡")
        return [Role("rental.desk", _("Rental desk"), ["rental.*", "base.*.read"], demo=shown_by)]

    @hookimpl
    def sequences(self) -> Iterable[Series]:
        """RN-2026-00001."""
        return [Series("rental", _("Rentals"), "RN")]

    @hookimpl
    def jobs(self) -> Iterable[Job]:
        """Every day."""
        label = _("Tell what should be back")
        return [Job("rental.late", tell_late, label, every=dt.timedelta(days=1))]

    @hookimpl
    def reactions(self) -> Iterable[Reaction]:
        """An invoice was paid."""
        return [Reaction(InvoicePaid, note_payment)]

    @hookimpl
    def extensions(self) -> Iterable[SideTable | type[Extend]]:
        """The deposit of a customer."""
        return [SideTable(Party, CustomerDeposit), CustomerExtension]

    @hookimpl
    def checks(self) -> Iterable[Check]:
        """Days agree with rentals."""
        return CHECKS

    @hookimpl
    def demo(self, uow: UnitOfWork) -> None:
        """Two machines."""
        let_things(uow)


plugin = RentalPlugin()
