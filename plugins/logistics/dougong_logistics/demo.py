"""A carrier, a van and some news from the road, for the demo company."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import select

from dougong import UnitOfWork
from dougong.companies.models import Company
from dougong.people.users.models import User
from dougong_base import Party
from dougong_logistics.carriers.models import Carrier, Service, Tariff, TariffStep
from dougong_logistics.demo_tours import drive_around
from dougong_logistics.fleet.models import Driver, FleetEntry, Vehicle

D = Decimal


def open_the_yard(uow: UnitOfWork) -> None:
    """A carrier with two services, our own van with its log; only once."""
    if uow.session.scalar(select(Carrier.id).limit(1)):
        return
    start = uow.today.replace(month=1, day=1)
    party = Party(code="SWIFT", name="Swift Parcels", is_supplier=True)
    uow.add(party)
    carrier = Carrier(code="SWIFT", party_id=party.id)
    uow.add(carrier)
    for code, name, days, base, rate in (
        ("PARCEL", "Parcel", 3, "4.50", "0.35"),
        ("EXPRESS", "Express", 1, "14.00", "0.90"),
    ):
        service = Service(code=code, name=name, carrier_id=carrier.id, days=days, divisor=5000)
        uow.add(service)
        tariff = Tariff(service_id=service.id, valid_from=start, fuel=D(8))
        tariff.steps = [TariffStep(up_to=D(500), base=D(base), rate=D(rate))]
        uow.add(tariff)
    user = uow.session.scalar(select(User).where(User.login == "driver"))
    driver = Driver(
        name=user.name if user else "Kim Roder", user_id=user.id if user else None,
        phone="+49 30 555 0199", licence_until=uow.today + dt.timedelta(days=400),
    )  # fmt: skip
    uow.add(driver)
    van = Vehicle(
        plate="DG-100", driver_id=driver.id, capacity=D(900), room=D(8), cost_a_day=D(60),
        cost_a_km=D("0.42"), odometer=41_230, next_service_on=uow.today + dt.timedelta(days=5),
    )  # fmt: skip
    uow.add(van)
    for days, reading, litres, amount in ((40, 40_100, "48", "79.20"), (12, 41_230, "51", "86.70")):
        uow.add(
            FleetEntry(
                vehicle_id=van.id, on=uow.today - dt.timedelta(days=days), kind="fuel",
                odometer=reading, litres=D(litres), amount=D(amount),
            )
        )  # fmt: skip
    country = uow.session.scalar(select(Company.country).where(Company.id == uow.company_id))
    drive_around(uow, van, country or "")
