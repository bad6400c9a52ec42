"""A rental desk with a customer and two machines."""

import datetime as dt
from decimal import Decimal

import pytest


@pytest.fixture
def plugins():
    return ("base", "rental")


@pytest.fixture
def ada(make):
    return make.customer("Ada Ltd")


@pytest.fixture
def assets(make, work):
    from dougong_rental.assets.models import Asset

    service = make.service("Rental, per day", 0, sales_tax_id=make.tax(19).id)
    with work() as uow:
        found = [
            Asset(code=code, name=code, product_id=service.id, day_price=Decimal(price))
            for code, price in (("EX-1", 140), ("ST-1", 95))
        ]
        uow.add(*found)
    return found


@pytest.fixture
def book(work, ada, assets):
    """A reserved rental of the first machine, in days of March 2026; its id."""
    from dougong_rental.rentals.models import Rental
    from dougong_rental.rentals.service import reserve_assets

    def reserve(first, last, asset=0, state="reserved"):
        with work() as uow:
            rental = Rental(
                asset_id=assets[asset].id,
                customer_id=ada.id,
                from_on=dt.date(2026, 3, first),
                until_on=dt.date(2026, 3, last),
                day_price=assets[asset].day_price,
            )
            uow.add(rental)
        if state == "reserved":
            with work() as uow:
                reserve_assets(uow, [rental.id])
        return rental.id

    return reserve
