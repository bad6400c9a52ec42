"""Opening warehouses, and finding the places every one of them has."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select

from dougong import Refused, UnitOfWork, _
from dougong_inventory.warehouses.models import OUTSIDE, Location, Warehouse


class NoWarehouse(Refused):
    """Goods need a place."""

    def __init__(self) -> None:
        super().__init__(_("There is no warehouse yet. Create one first."))


@dataclass
class Places:
    """The main places by role, of some companies and their warehouses."""

    #: By company and role: customers, suppliers, loss, production, opening.
    outside: dict[tuple[int, str], int] = field(default_factory=dict)
    #: By warehouse and role: stock, input, output.
    inside: dict[tuple[int, str], int] = field(default_factory=dict)
    #: The warehouse a company uses when nobody names one.
    first: dict[int, int] = field(default_factory=dict)

    def warehouse_of(self, company_id: int, warehouse_id: int | None = None) -> int:
        """The warehouse named, or the company's first one."""
        found = warehouse_id or self.first.get(company_id)
        if found is None:
            raise NoWarehouse
        return found

    @property
    def apart(self) -> set[int]:
        """The quarantines of all warehouses."""
        return {id for (_warehouse, role), id in self.inside.items() if role == "quarantine"}

    def quarantine_of(self, warehouse_id: int) -> int:
        """Where the goods of a warehouse lie that nobody may use."""
        found = self.inside.get((warehouse_id, "quarantine"))
        if found is None:
            raise NoWarehouse
        return found

    def stock_of(self, warehouse_id: int) -> int:
        """Where the goods of a warehouse lie."""
        found = self.inside.get((warehouse_id, "stock"))
        if found is None:
            raise NoWarehouse
        return found


def find_places(uow: UnitOfWork) -> Places:
    """The main places of the companies the actor may see."""
    return uow.remembered("inventory.places", [Location], lambda: _read_places(uow))


def _read_places(uow: UnitOfWork) -> Places:
    places = Places()
    rows = uow.session.execute(
        select(Location.company_id, Location.warehouse_id, Location.role, Location.id)
        .where(Location.role.is_not(None))
        .order_by(Location.id)
    )
    for company_id, warehouse_id, role, id in rows:
        if role is None:
            continue
        if warehouse_id is None:
            places.outside[company_id, role] = id
        else:
            places.inside[warehouse_id, role] = id
            places.first.setdefault(company_id, warehouse_id)
    return places


def open_first_warehouse(uow: UnitOfWork) -> None:
    """Give the company its places outside and a first warehouse, unless it has them."""
    places = find_places(uow)
    for role, label in OUTSIDE.items():
        if (uow.company_id, role) not in places.outside:
            uow.add(Location(code=role.upper(), name=str(label), kind=role, role=role))
    if uow.company_id not in places.first:
        uow.add(Warehouse(code="MAIN", name=str(_("Main warehouse"))))
