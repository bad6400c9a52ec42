"""A despatch office: a customer, products with weights, a carrier with a tariff."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from dougong import Actor, DocumentRef, Invalid
from dougong.actors import EVERYTHING
from dougong.people.roles.service import give_role
from dougong.people.users.models import User
from dougong.people.users.service import add_user
from dougong.resources import documents
from dougong.web.app import create_app
from dougong_base import Address, Party, Product, Unit
from dougong_base.events import DeliveryPlanned, GoodsShipped, MovedLine, PlannedLine
from dougong_logistics.carriers.models import Carrier, Service, Tariff, TariffStep
from dougong_logistics.fleet.models import Vehicle
from dougong_logistics.places.models import Place
from dougong_logistics.shipments.models import Parcel, Shipment
from dougong_logistics.tours.models import PlanStop, PlanVehicle, RoutePlan
from dougong_logistics.tours.service import PARTS

DAY = dt.date(2026, 3, 2)
D = Decimal


@pytest.fixture
def runtime(make_runtime):
    return make_runtime("base", "logistics")


@pytest.fixture
def enter(runtime):
    """Enter a noun as pages and API do: ``enter("logistics.tariffs", service="PARCEL", …)``."""

    def enter(name, /, key=None, **payload):
        noun = runtime.nouns.get(name)
        sight = noun.sight(EVERYTHING)

        def act(uow):
            document = documents.load(uow, noun, sight, [key])[0] if key else None
            entry = documents.Entry(payload, document)
            documents.save_all(uow, noun, sight, [entry])
            if entry.errors:
                raise Invalid(entry.errors)
            uow.complete()
            return entry.document.id

        return runtime.house.run(Actor.system(), act)

    return enter


class Office:
    """Short words for what the tests do again and again."""

    def __init__(self, house):
        self.house = house
        self.run(self._furnish)

    def run(self, act):
        return self.house.run(Actor.system(), act)

    def read(self, act):
        with self.house.read(Actor.system()) as session:
            return act(session)

    def all(self, model):
        return self.read(lambda s: s.scalars(select(model).order_by(model.id)).all())

    def shipment(self, id=None):
        def act(uow):
            key = id or uow.session.scalar(
                select(Shipment.id).order_by(Shipment.id.desc()).limit(1)
            )
            return uow.get(Shipment, key, Shipment.lines, Shipment.parcels, Shipment.address)

        return self.run(act)

    def _furnish(self, uow):
        unit = uow.session.scalar(select(Unit.id).order_by(Unit.id).limit(1))
        ada = Party(code="ADA", name="Ada", is_customer=True, email="ada@customer.example")
        ada.addresses = [Address(role="main", street="Way 1", postcode="10115", country="DE")]
        far = Party(code="FAR", name="Far away", is_customer=True)
        far.addresses = [Address(role="main", street="Road 2", postcode="2000", country="AU")]
        swift = Party(code="SWIFT", name="Swift Parcels", is_supplier=True)
        chair = Product(code="chair", name="Chair", unit_id=unit, weight=D(8), volume=D("0.1"),
                        sales_price=D(100))  # fmt: skip
        lamp = Product(code="lamp", name="Lamp", unit_id=unit, weight=D(2), sales_price=D(40))
        uow.add(ada, far, swift, chair, lamp)
        carrier = Carrier(code="SWIFT", party_id=swift.id)
        uow.add(carrier)
        parcel = Service(code="PARCEL", name="Parcel", carrier_id=carrier.id, days=3, divisor=5000,
                         parcel_limit=D(30))  # fmt: skip
        express = Service(code="EXPRESS", name="Express", carrier_id=carrier.id, days=1)
        uow.add(parcel, express)
        self.ids = SimpleNamespace(
            ada=ada.id, home=ada.addresses[0].id, far=far.id, abroad=far.addresses[0].id,
            swift=swift.id, chair=chair.id, lamp=lamp.id, carrier=carrier.id, parcel=parcel.id,
            express=express.id,
        )  # fmt: skip
        self._tariff(uow, parcel.id, "DE", [(10, 5, 0), (50, 4, "0.5")], fuel=10)
        self._tariff(uow, parcel.id, "DE", [(50, 8, 0)], postcode="27")
        self._tariff(uow, express.id, "DE", [(100, 20, 1)], minimum=25)

    def tariff(self, service, country, steps, **more):
        return self.run(lambda uow: self._tariff(uow, service, country, steps, **more))

    def _tariff(self, uow, service, country, steps, **more):
        more = {"valid_from": dt.date(2026, 1, 1)} | {
            k: D(v) if k in ("fuel", "minimum") else v for k, v in more.items()
        }
        tariff = Tariff(service_id=service, country=country, **more)
        tariff.steps = [TariffStep(up_to=D(u), base=D(b), rate=D(r)) for u, b, r in steps]
        uow.add(tariff)
        return tariff.id

    def plan(self, *lines, key=700_001, party=None, address=None, on=DAY, number=None):
        """The warehouse plans a delivery of (product, quantity)."""
        event = DeliveryPlanned(
            delivery=DocumentRef("inventory.deliveries", key), number=number or f"DN-{key}",
            source=None, company_id=1, warehouse_id=900, party_id=party or self.ids.ada,
            address_id=address, on=on, promised_on=None,
            lines=tuple(
                PlannedLine(line_id=key * 10 + n, product_id=product, quantity=D(quantity))
                for n, (product, quantity) in enumerate(lines)
            ),
        )  # fmt: skip
        self.run(lambda uow: uow.publish(event))
        return event.delivery

    def goods_leave(self, delivery, *lines, on=DAY):
        event = GoodsShipped(
            delivery=delivery, number="DN", source=None, company_id=1, party_id=self.ids.ada, on=on,
            lines=tuple(
                MovedLine(source_line_id=None, product_id=p, quantity=D(q), cost=D(1))
                for p, q in lines
            ),
        )  # fmt: skip

        def act(uow):
            uow.publish(event)
            uow.settle()
            return list(uow.published)

        return self.run(act)


@pytest.fixture
def office(house):
    return Office(house)


class Yard:
    """Customers on a line east of the depot, and a plan for them."""

    def __init__(self, office):
        self.office = office
        self.depot = office.run(lambda uow: self._place(uow, "Depot", None, 0, is_depot=True))

    def _place(self, uow, name, address, east, **more):
        place = Place(name=name, address_id=address, latitude=D(0), longitude=D(east) / 100, **more)
        uow.add(place)
        return place.id

    def customer(self, name, east, weight="10", **more):
        def act(uow):
            party = Party(code=name, name=name, is_customer=True)
            party.addresses = [Address(role="main", street=name)]
            uow.add(party)
            self._place(uow, name, party.addresses[0].id, east, **more)
            shipment = Shipment(party_id=party.id, address_id=party.addresses[0].id, ship_on=DAY)
            shipment.parcels = [Parcel(weight=D(weight))]
            uow.add(shipment)
            uow.number(shipment, "shipment", on=DAY)
            return shipment.id

        return self.office.run(act)

    def vehicle(self, plate, capacity="100", **more):
        def act(uow):
            vehicle = Vehicle(plate=plate, capacity=D(capacity), **more)
            uow.add(vehicle)
            return vehicle.id

        return self.office.run(act)

    def plan(self, vehicles, shipments):
        def act(uow):
            plan = RoutePlan(day=DAY, detour=D(100), speed=60)
            plan.vehicles = [PlanVehicle(vehicle_id=v, depot_id=self.depot) for v in vehicles]
            plan.stops = [PlanStop(shipment_id=s) for s in shipments]
            uow.add(plan)
            return plan.id

        return self.office.run(act)

    def see(self, plan):
        return self.office.run(lambda uow: uow.get(RoutePlan, plan, *PARTS))


@pytest.fixture
def yard(office):
    return Yard(office)


PASSWORD = "correct horse 7"


@pytest.fixture
def browse(office, runtime):
    """A browser of somebody with a role, logged in; made when it is first asked for."""

    def log_in(login, role=""):
        def act(uow):
            if uow.session.scalar(select(User.id).where(User.login == login)) is None:
                user, _secret = add_user(uow, login, login, companies=[1], password=PASSWORD)
                uow.flush()
                if role:
                    give_role(uow, user.id, role)

        office.run(act)
        client = create_app(runtime, runtime.config).test_client()
        page = client.get("/login").get_data(as_text=True)
        word = re.search(r'name="csrf_token" value="([^"]+)"', page)[1]
        form = {"login": login, "password": PASSWORD, "csrf_token": word}
        assert client.post("/login", data=form).status_code == 303
        return client

    return log_in
