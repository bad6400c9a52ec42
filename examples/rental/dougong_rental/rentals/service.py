"""What is done with rentals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from sqlalchemy import select

from dougong import Refused, UnitOfWork, _, ref, rounded
from dougong.companies.currency import currency_of
from dougong_base import Party, Product
from dougong_base.events import InvoicePaid, SaleBillable, SaleLine
from dougong_rental.assets.models import Asset
from dougong_rental.events import AssetLate
from dougong_rental.rentals.models import BookedDay, Rental
from dougong_rental.rentals.queries import bookings, late
from dougong_rental.rentals.workflow import RENTAL_STEPS


def reserve_assets(uow: UnitOfWork, ids: Sequence[int]) -> list[Rental]:
    """Hold the assets for these days; raises `Refused` with the rental that has one already."""
    uow.require("rental.rental.reserve")
    rentals = uow.load(Rental, ids, Rental.asset)
    for rental in rentals:
        rental.check_span()
        RENTAL_STEPS.move(rental, "reserve")
    taken = dict(_taken(uow, rentals))
    for rental in rentals:
        for day in rental.booked():
            if other := taken.get((rental.asset_id, day)):
                raise Refused(
                    _(
                        "%(asset)s is taken on %(day)s by %(rental)s: choose other days.",
                        asset=rental.asset,
                        day=day.isoformat(),
                        rental=other,
                    )
                )
            taken[rental.asset_id, day] = str(rental)
            uow.add(BookedDay(asset_id=rental.asset_id, day=day, rental_id=rental.id))
        uow.number(rental, "rental", on=rental.from_on)
    return rentals


def _taken(uow: UnitOfWork, rentals: Sequence[Rental]) -> dict[tuple[int, dt.date], str]:
    """Who has these assets in the days that matter, by name."""
    if not rentals:
        return {}
    start, end = min(r.from_on for r in rentals), max(r.until_on for r in rentals)
    found = bookings(uow.session, {r.asset_id for r in rentals}, start, end)
    rows = uow.session.execute(
        select(Rental.id, Rental.number).where(Rental.id.in_(set(found.values())))
    )
    numbers = {row.id: row.number or str(row.id) for row in rows}
    return {key: numbers.get(rental, str(rental)) for key, rental in found.items()}


def take_back(uow: UnitOfWork, ids: Sequence[int], on: dt.date | None = None) -> list[Rental]:
    """They are here again: free the days that are left, and ask for the money."""
    uow.require("rental.rental.take_back")
    rentals = uow.load(Rental, ids, Rental.asset)
    for rental in rentals:
        rental.come_back(on or uow.today)
        currency = currency_of(uow, rental.company_id)
        rental.amount = rounded(rental.day_price * rental.days, currency)
    _let_go(uow, rentals)
    uow.publish(_billable(uow, rentals))
    return rentals


def cancel_rentals(uow: UnitOfWork, ids: Sequence[int]) -> list[Rental]:
    """Nothing comes of them: their days are free again."""
    uow.require("rental.rental.cancel")
    rentals = uow.load(Rental, ids)
    for rental in rentals:
        RENTAL_STEPS.move(rental, "cancel")
    _let_go(uow, rentals)
    return rentals


def _let_go(uow: UnitOfWork, rentals: Sequence[Rental]) -> None:
    """Free the days on which they do not have the asset."""
    by_id = {rental.id: rental for rental in rentals}
    days = uow.session.scalars(select(BookedDay).where(BookedDay.rental_id.in_(by_id))).all()
    kept = {id: r.returned_on if r.state == "returned" else None for id, r in by_id.items()}
    uow.remove(*(d for d in days if (last := kept[d.rental_id]) is None or d.day > last))


def _billable(uow: UnitOfWork, rentals: Sequence[Rental]) -> list[SaleBillable]:
    """The days, under the service of each asset, for whoever keeps the books."""
    assets = {r.asset_id: r.asset for r in rentals}
    products = {p.id: p for p in uow.load(Product, {a.product_id for a in assets.values()})}
    parties = {p.id: p for p in uow.load(Party, {r.customer_id for r in rentals})}
    return [
        SaleBillable(
            source=ref(rental),
            number=rental.number or "",
            company_id=rental.company_id,
            customer_id=rental.customer_id,
            on=rental.returned_on or uow.today,
            currency=currency_of(uow, rental.company_id),
            payment_term_id=parties[rental.customer_id].payment_term_id,
            reference=assets[rental.asset_id].code,
            lines=(_line(rental, assets[rental.asset_id], products),),
        )
        for rental in rentals
    ]


def _line(rental: Rental, asset: Asset, products: dict[int, Product]) -> SaleLine:
    product = products[asset.product_id]
    return SaleLine(
        line_id=rental.id,
        product_id=product.id,
        quantity=Decimal(rental.days),
        price=rental.day_price,
        discount=Decimal(0),
        tax_ids=(product.sales_tax_id,) if product.sales_tax_id else (),
        amount=rental.amount,
        description=f"{asset.name}, {rental.from_on} – {rental.returned_on}",
        kind="service",
    )


def note_payment(uow: UnitOfWork, events: Sequence[InvoicePaid]) -> None:
    """An invoice of ours is paid; told twice it is the same day."""
    ours = {e.source.id: e.on for e in events if e.source and e.source.kind == Rental.__document__}
    for rental in uow.load(Rental, ours):
        rental.paid_on = ours[rental.id]


def tell_late(uow: UnitOfWork) -> None:
    """Let others know what should be back and is not; done every day."""
    uow.publish(
        AssetLate(
            rental=ref(rental),
            company_id=rental.company_id,
            customer_id=rental.customer_id,
            asset_id=rental.asset_id,
            days=(uow.today - rental.until_on).days,
        )
        for rental in late(uow.session, uow.today)
    )
