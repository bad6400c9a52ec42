"""From the order to the truck and the carrier's bill: sales, stock, logistics and books together."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from dougong import Actor, ref
from dougong.plugins.catching_up import catch_up
from dougong_base import Address, Party, Product, Tax, Unit
from dougong_crm.orders.models import Order, OrderLine
from dougong_crm.orders.service import confirm_orders, create_orders
from dougong_crm.returns.service import confirm_returns
from dougong_crm.returns.service import start_returns as start_sales_returns
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.posting import post_invoices
from dougong_finance.reports.trial_balance import trial_balance
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.deliveries.service import ship_deliveries
from dougong_inventory.openings.models import Opening, OpeningLine
from dougong_inventory.openings.service import open_stock
from dougong_inventory.receipts.models import Receipt
from dougong_inventory.receipts.service import receive
from dougong_inventory.stock.models import Stock
from dougong_inventory.warehouses.models import Location, Warehouse
from dougong_logistics.carriers.models import Carrier, Service, Tariff, TariffStep
from dougong_logistics.fleet.models import Vehicle
from dougong_logistics.freight.models import Statement, StatementLine
from dougong_logistics.freight.service import accept_statements, check_statements
from dougong_logistics.places.models import Place
from dougong_logistics.returns import models as returns
from dougong_logistics.returns.service import announce, inspect, start_returns
from dougong_logistics.shipments.models import Shipment
from dougong_logistics.shipments.service import deliver
from dougong_logistics.tours import service as tours
from dougong_logistics.tours.models import PlanVehicle, RoutePlan, Tour

DAY = dt.date(2026, 3, 10)
D = Decimal
FREIGHT_OUT, ACCRUED, DIFFERENCE, OWED = "6510", "2310", "5120", "2000"


@pytest.fixture
def yard(work):
    """Tea at four each; a carrier who takes it to Germany; a customer next door whom nobody serves."""
    with work() as uow:
        unit = uow.session.scalar(select(Unit.id).where(Unit.code == "pc"))
        ada = Party(code="ADA", name="Ada", is_customer=True)
        ada.addresses = [Address(role="main", street="Way 1", postcode="10115", country="DE")]
        bob = Party(code="BOB", name="Bob", is_customer=True)
        bob.addresses = [Address(role="main", street="Lane 2", country="FR")]
        swift = Party(code="SWIFT", name="Swift", is_supplier=True)
        tea = Product(code="TEA", name="Tea", unit_id=unit, sales_price=D(10), weight=D(2))
        uow.add(ada, bob, swift, tea)
        carrier = Carrier(code="SWIFT", party_id=swift.id)
        uow.add(carrier)
        parcel = Service(code="PARCEL", name="Parcel", carrier_id=carrier.id, days=2)
        uow.add(parcel)
        tariff = Tariff(service_id=parcel.id, country="DE", valid_from=dt.date(2026, 1, 1))
        tariff.steps = [TariffStep(up_to=D(30), base=D(5), rate=D("0.5"))]
        depot = Place(name="Depot", latitude=D("48.5"), longitude=D("7.7"), is_depot=True)
        door = Place(
            name="Bob", latitude=D("48.6"), longitude=D("7.8"), address_id=bob.addresses[0].id
        )
        van = Vehicle(plate="S-1", capacity=D(500))
        uow.add(tariff, depot, door, van)
    with work() as uow:
        warehouse = uow.session.scalars(select(Warehouse)).first()
        opening = Opening(
            warehouse_id=warehouse.id, opened_on=dt.date(2026, 1, 2),
            lines=[OpeningLine(product_id=tea.id, quantity=D(50), unit_cost=D(4))],
        )  # fmt: skip
        uow.add(opening)
        open_stock(uow, [opening.id], on=dt.date(2026, 1, 2))
    return SimpleNamespace(
        ada=ada.id, bob=bob.id, tea=tea.id, unit=unit, carrier=carrier.id, van=van.id,
        depot=depot.id,
    )  # fmt: skip


def sell(work, yard, customer, quantity):
    """An order is confirmed; its delivery, and the shipment it became."""
    with work() as uow:
        tax = uow.session.scalar(select(Tax.id).where(Tax.code == "S19"))
        line = OrderLine(
            product_id=yard.tea, quantity=D(quantity), price=D(10), tax_id=tax, unit_id=yard.unit
        )
        order = Order(
            customer_id=customer, ordered_on=DAY, invoice_on="delivery", currency="EUR",
            lines=[line],
        )  # fmt: skip
        create_orders(uow, [order])
    with work() as uow:
        confirm_orders(uow, [order.id], on=DAY)
    with work() as uow:
        delivery = uow.session.scalars(select(Delivery).order_by(Delivery.id.desc())).first()
        shipment = uow.session.scalars(select(Shipment).order_by(Shipment.id.desc())).first()
        return delivery.id, shipment.id


def books(read):
    with read() as session:
        year = {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 12, 31)}
        lines = trial_balance.ask(session, Actor.system(), **year)
        return {li.values["code"]: li.values["closing"] for li in lines if li.values["closing"]}


def test_the_carrier_s_bill_leaves_no_freight_waiting(work, read, yard):
    # Given an order that travels with the carrier: 6 kg at 5.00 and 0.50 a kilogram.
    delivery, shipment = sell(work, yard, yard.ada, 3)
    with work() as uow:
        assert uow.get(Shipment, shipment).cost == 8

    # When the warehouse ships, the carrier has it, and the freight is owed.
    with work() as uow:
        ship_deliveries(uow, [delivery], on=DAY)
    with work() as uow:
        assert uow.get(Shipment, shipment).state == "handed_over"
        number = uow.get(Shipment, shipment).number
    found = books(read)
    assert (found[FREIGHT_OUT], found[ACCRUED]) == (8, -8)

    with work() as uow:
        deliver(uow, [shipment], received_by="Ada", on=DAY)

    # The carrier charges forty cents more: the line is listed, accepted, billed.
    with work() as uow:
        statement = Statement(carrier_id=yard.carrier, reference="I-77", dated_on=DAY)
        statement.lines = [StatementLine(tracking=number, charged=D("8.40"))]
        uow.add(statement)
    with work() as uow:
        check_statements(uow, [statement.id])
    with work() as uow:
        accept_statements(uow, [statement.id])
    with work() as uow:
        bill = uow.session.scalars(select(Invoice).where(Invoice.kind == "supplier_bill")).one()
        assert (bill.state, bill.total) == ("draft", D("8.40"))
        post_invoices(uow, [bill.id])

    # Then nothing is left on the account that waits for carriers' bills.
    found = books(read)
    assert ACCRUED not in found
    assert (found[FREIGHT_OUT], found[DIFFERENCE], found[OWED]) == (8, D("0.40"), D("-8.40"))
    assert ref(statement).kind == "logistics.statements"


def test_what_no_carrier_takes_goes_on_a_tour_of_our_own(work, read, yard):
    delivery, shipment = sell(work, yard, yard.bob, 5)
    with work() as uow:
        assert uow.get(Shipment, shipment).service_id is None
        plan = RoutePlan(day=DAY, detour=D(130), speed=50)
        plan.vehicles = [PlanVehicle(vehicle_id=yard.van, depot_id=yard.depot)]
        uow.add(plan)
    with work() as uow:
        uow.get(Shipment, shipment).ship_on = DAY
    for verb in (tours.collect, tours.plan_simply, tours.release):
        with work() as uow:
            verb(uow, [plan.id])
    with work() as uow:
        tour = uow.session.scalars(select(Tour)).one()
        ship_deliveries(uow, [delivery], on=DAY)
    with work() as uow:
        tours.start_tours(uow, [tour.id])
    with work() as uow:
        deliver(uow, [shipment], received_by="Bob", on=DAY)
    with work() as uow:
        tours.finish_tours(uow, [tour.id])
        assert uow.get(Shipment, shipment).state == "delivered"
    assert FREIGHT_OUT not in books(read)


def gone(work, yard):
    """Three packs at Ada's."""
    delivery, shipment = sell(work, yard, yard.ada, 3)
    with work() as uow:
        ship_deliveries(uow, [delivery], on=DAY)
    with work() as uow:
        deliver(uow, [shipment], received_by="Ada", on=DAY)
    return shipment


def come_back(work, good, damaged):
    """The warehouse takes in what it expects, and somebody looks at it."""
    with work() as uow:
        receipt = uow.session.scalars(select(Receipt).where(Receipt.kind == "return")).one()
        receive(uow, [receipt.id], on=DAY)
    with work() as uow:
        back = uow.session.scalars(select(returns.Return)).one()
        lines = uow.get(returns.Return, back.id, returns.Return.lines).lines
        assert (back.state, [line.received for line in lines]) == ("received", [good + damaged])
        lines[0].good, lines[0].damaged = D(good), D(damaged)
    with work() as uow:
        inspect(uow, [back.id], on=DAY)


def apart(read, yard):
    """What lies in the stock, and in the quarantine."""
    with read() as session:
        rows = session.execute(
            select(Location.role, Stock.on_hand)
            .join(Location, Location.id == Stock.location_id)
            .where(
                Stock.product_id == yard.tea,
                Location.role.in_(["stock", "quarantine"]),
                Stock.on_hand != 0,
            )
        )
        return {row.role: row.on_hand for row in rows}


def credit_notes(read):
    with read() as session:
        notes = session.scalars(select(Invoice).where(Invoice.kind == "customer_credit"))
        return [note.untaxed for note in notes]


def test_a_return_that_sales_announce_is_inspected_and_credited_once(work, read, yard):
    gone(work, yard)
    with work() as uow:
        order = uow.session.scalars(select(Order)).one()
        (draft,) = start_sales_returns(uow, [order.id])
        uow.flush()
        confirm_returns(uow, [draft.id], on=DAY)
    come_back(work, good=2, damaged=1)
    assert apart(read, yard) == {"stock": 49, "quarantine": 1}
    assert [abs(total) for total in credit_notes(read)] == [30]


def test_a_return_of_a_shipment_is_expected_inspected_and_credited(work, read, yard):
    shipment = gone(work, yard)
    with work() as uow:
        (draft,) = start_returns(uow, [shipment])
        uow.flush()
        announce(uow, [draft.id], on=DAY)
    come_back(work, good=1, damaged=2)
    assert apart(read, yard) == {"stock": 48, "quarantine": 2}
    assert [abs(total) for total in credit_notes(read)] == [30]


def test_what_was_taken_in_is_counted_once_however_often_logistics_catches_up(
    runtime, work, read, yard
):
    shipment = gone(work, yard)
    with work() as uow:
        (draft,) = start_returns(uow, [shipment])
        uow.flush()
        announce(uow, [draft.id], on=DAY)
    with work() as uow:
        receipt = uow.session.scalars(select(Receipt).where(Receipt.kind == "return")).one()
        receive(uow, [receipt.id], on=DAY)
    assert catch_up(runtime, "logistics", [1]) == []
    with read() as session:
        assert [line.received for line in session.scalars(select(returns.ReturnLine))] == [3]
