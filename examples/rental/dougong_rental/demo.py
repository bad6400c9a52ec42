"""Something to look at in the demo company."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import select

from dougong import UnitOfWork
from dougong_base import Party, Product, Unit
from dougong_rental.assets.models import Asset
from dougong_rental.rentals.models import Rental
from dougong_rental.rentals.service import reserve_assets


def let_things(uow: UnitOfWork) -> None:
    """Two machines, and one of them reserved for somebody; once."""
    if uow.session.scalar(select(Asset.id).limit(1)):
        return
    unit = uow.session.scalars(select(Unit).order_by(Unit.id)).first()
    customer = uow.session.scalars(
        select(Party).where(Party.is_customer).order_by(Party.id)
    ).first()
    if unit is None:
        return
    service = Product(code="RENT", name="Rental, per day", kind="service", unit_id=unit.id)
    uow.add(service)
    for code, name, price in (("EX-1", "Mini excavator", 140), ("ST-1", "Stage 6 × 4 m", 95)):
        asset = Asset(code=code, name=name, product_id=service.id, day_price=Decimal(price))
        uow.add(asset)
    if customer is not None:
        start = uow.today + dt.timedelta(days=3)
        rental = Rental(
            asset_id=asset.id, customer_id=customer.id, from_on=start,
            until_on=start + dt.timedelta(days=2), day_price=asset.day_price,
            amount=3 * asset.day_price,
        )  # fmt: skip
        uow.add(rental)
        uow.flush()
        reserve_assets(uow, [rental.id])
