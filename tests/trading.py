"""A whole company: it sells, plans, buys, makes, ships, bills and pays, as far as it has somebody for it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import figures
from sqlalchemy import func, select

from dougong import Actor
from dougong.plugins.catching_up import catch_up
from dougong_base import Address, Party, Product, SupplierItem, Tax, Unit
from dougong_crm.orders import service as sales
from dougong_crm.orders.models import Order as SalesOrder
from dougong_crm.orders.models import OrderLine as SalesLine
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.parts import InvoiceLine
from dougong_finance.invoices.posting import post_invoices
from dougong_finance.invoices.service import write_invoices
from dougong_finance.payments.models import Payment, PaymentLine
from dougong_finance.payments.service import register_payments
from dougong_hr.contracts.models import Contract, ContractTerm
from dougong_hr.contracts.service import create_contracts, sign_contracts
from dougong_hr.employees.models import Employee
from dougong_hr.employees.service import create_employees
from dougong_hr.payroll.models import Payroll
from dougong_hr.payroll.posting import post_payrolls
from dougong_hr.payroll.service import compute_payrolls
from dougong_hr.structures.models import Structure
from dougong_inventory.deliveries.models import Delivery, DeliveryLine
from dougong_inventory.deliveries.service import plan, ship_deliveries
from dougong_inventory.openings.models import Opening, OpeningLine
from dougong_inventory.openings.service import open_stock
from dougong_inventory.receipts.models import Receipt
from dougong_inventory.receipts.service import receive
from dougong_inventory.stock.models import Stock
from dougong_inventory.valuation.models import StockValue
from dougong_inventory.warehouses.models import Location, Warehouse
from dougong_logistics.carriers.models import Carrier, Service, Tariff, TariffStep
from dougong_logistics.freight.models import Statement, StatementLine
from dougong_logistics.freight.service import accept_statements, check_statements
from dougong_logistics.shipments import service as shipping
from dougong_logistics.shipments.models import Parcel, Shipment
from dougong_production.boms.models import Bom, BomLine, BomOperation
from dougong_production.boms.service import save_boms
from dougong_production.orders import closing, output
from dougong_production.orders import service as making
from dougong_production.orders.models import Order as ProductionOrder
from dougong_production.plan_runs.models import PlanRun, Proposal
from dougong_production.plan_runs.proposals import accept_proposals
from dougong_production.plan_runs.service import plan_now, start_plan_runs
from dougong_production.work_centres.models import WorkCentre
from dougong_purchasing.orders import service as buying
from dougong_purchasing.orders.models import Order as PurchaseOrder
from dougong_purchasing.orders.models import OrderLine as PurchaseLine
from dougong_purchasing.requests.models import Request
from dougong_purchasing.requests.ordering import order_requests

D = Decimal
SYSTEM = Actor.system()
#: What Ada wants, what lies there already, and what is missing.
WANTED, HELD, MISSING = D(12), D(10), D(2)
PRICE, COST, BULB = D(20), D(8), D(3)
WAGE = D(5000)


class Trade:
    """Lamps made of a bulb and six minutes of work, or bought; sold to Ada, bought of Bob, sent by Swift."""

    def __init__(self, runtime):
        self.runtime = runtime
        self.ids = self.do(self._open)
        for name in ("inventory", "production", "logistics"):
            if self.has(name):
                self.do(getattr(self, f"_open_{name}"))

    def has(self, *names):
        return all(name in self.runtime.loaded for name in names)

    def do(self, act, *given, **more):
        """One step: a unit of work of its own."""
        return self.runtime.house.run(SYSTEM, lambda uow: act(uow, *given, **more))

    def read(self):
        return self.runtime.house.read(SYSTEM)

    def keys(self, model, **where):
        with self.read() as session:
            return list(session.scalars(select(model.id).filter_by(**where).order_by(model.id)))

    def step(self, act, model, *given, **where):
        """A step of all that are in a state; the documents it was taken with."""
        if keys := self.keys(model, **where):
            self.do(act, keys, *given)
        return keys

    # -- what there is ------------------------------------------------------------------------

    @staticmethod
    def _open(uow):
        unit = uow.session.scalar(select(Unit.id).where(Unit.code == "pc"))
        tax = dict(uow.session.execute(select(Tax.code, Tax.id)).all())
        ada = Party(code="ADA", name="Ada Ltd", is_customer=True)
        ada.addresses = [Address(role="main", street="Way 1", postcode="10115", country="DE")]
        bob = Party(code="BOB", name="Bob & Co", is_supplier=True)
        swift = Party(code="SWIFT", name="Swift", is_supplier=True)
        taxes = {"sales_tax_id": tax["S19"], "purchase_tax_id": tax["P19"], "unit_id": unit}
        lamp = Product(
            code="LAMP", name="Lamp", sales_price=PRICE, cost_price=COST, weight=D(2), **taxes
        )
        bulb = Product(code="BULB", name="Bulb", cost_price=BULB, **taxes)
        uow.add(ada, bob, swift, lamp, bulb)
        uow.add(SupplierItem(product_id=lamp.id, supplier_id=bob.id, price=COST))
        uow.add(SupplierItem(product_id=bulb.id, supplier_id=bob.id, price=BULB))
        rows = {"ada": ada, "bob": bob, "swift": swift, "lamp": lamp, "bulb": bulb}
        return {name: row.id for name, row in rows.items()} | {
            "unit": unit, "home": ada.addresses[0].id, "sold": tax["S19"], "bought": tax["P19"],
        }  # fmt: skip

    def _open_inventory(self, uow):
        warehouse = uow.session.scalar(select(Warehouse.id))
        line = OpeningLine(product_id=self.ids["lamp"], quantity=HELD, unit_cost=COST)
        opening = Opening(warehouse_id=warehouse, opened_on=uow.today, lines=[line])
        uow.add(opening)
        open_stock(uow, [opening.id])

    def _open_production(self, uow):
        bench = WorkCentre(code="BENCH", name="Bench", labour_rate=D(50))
        uow.add(bench)
        fit = BomOperation(name="Fit", work_centre_id=bench.id, sequence=10, run_minutes=D(6))
        line = BomLine(product_id=self.ids["bulb"], quantity=D(1))
        save_boms(
            uow,
            [
                Bom(
                    code="LAMP", product_id=self.ids["lamp"], quantity=D(1), lines=[line],
                    operations=[fit],
                )
            ],
        )  # fmt: skip

    def _open_logistics(self, uow):
        carrier = Carrier(code="SWIFT", party_id=self.ids["swift"])
        uow.add(carrier)
        parcel = Service(code="PARCEL", name="Parcel", carrier_id=carrier.id, days=2)
        uow.add(parcel)
        tariff = Tariff(service_id=parcel.id, country="DE", valid_from=dt.date(2026, 1, 1))
        tariff.steps = [TariffStep(up_to=D(30), base=D(5), rate=D("0.5"))]
        uow.add(tariff)

    # -- the way of the goods -----------------------------------------------------------------

    def go_as_far_as_it_goes(self):
        """Each step where there is a department for it, in the order of the office."""
        for name, act in (
            ("crm", self.sell), ("production", self.plan), ("purchasing", self.buy),
            ("production", self.make), ("inventory", self.ship), ("logistics", self.travel),
            ("finance", self.bill), ("finance", self.pay), ("hr", self.pay_people),
        ):  # fmt: skip
            if self.has(name):
                act()

    def sell(self):
        def act(uow):
            order = SalesOrder(
                customer_id=self.ids["ada"], ordered_on=uow.today, currency="EUR",
                promised_on=uow.today + dt.timedelta(days=70), invoice_on="delivery",
                lines=[self._line(SalesLine, "lamp", WANTED, PRICE, "sold")],
            )  # fmt: skip
            sales.create_orders(uow, [order])
            return order.id

        self.do(sales.confirm_orders, [self.do(act)])

    def _line(self, model, product, quantity, price, tax):
        return model(
            product_id=self.ids[product], quantity=quantity, price=price, tax_id=self.ids[tax],
            unit_id=self.ids["unit"],
        )  # fmt: skip

    def plan(self):
        """Let the plan say what is missing, and accept it."""

        def act(uow):
            run = PlanRun(periods=20)
            uow.add(run)
            return run.id

        key = self.do(act)
        self.do(start_plan_runs, [key])
        self.do(plan_now, key)
        with self.read() as session:
            rows = session.execute(
                select(Proposal.product_id, Proposal.method, Proposal.quantity)
            ).all()
        names = {self.ids[name]: name for name in ("lamp", "bulb")}
        self.planned = {(names[product], method): quantity for product, method, quantity in rows}
        self.step(accept_proposals, Proposal, state="open")

    def buy(self):
        """Order what was requested; without a plan, somebody in the office writes the order."""
        if requests := self.keys(Request, state="approved"):
            self.do(order_requests, requests)
        else:
            product, cost = ("bulb", BULB) if self.has("production") else ("lamp", COST)
            self.do(self._order, product, cost)
        self.step(buying.confirm_orders, PurchaseOrder, state="draft")
        if self.has("inventory"):
            self.step(receive, Receipt, state="expected", kind="purchase")

    def _order(self, uow, product, cost):
        line = self._line(PurchaseLine, product, MISSING, cost, "bought")
        order = PurchaseOrder(
            supplier_id=self.ids["bob"], ordered_on=uow.today, currency="EUR", lines=[line]
        )
        buying.create_orders(uow, [order])

    def make(self):
        """Make what the plan opened, or a small series for the shelf."""
        if not self.keys(ProductionOrder):
            self.do(self._series)
        if self.has("inventory") and not self.has("purchasing"):
            self.do(self._bulbs)
        keys = self.step(making.release_orders, ProductionOrder, state="draft")
        self.do(output.finish_orders, keys)
        self.do(closing.close_orders, keys)

    def _series(self, uow):
        making.create_orders(uow, [ProductionOrder(product_id=self.ids["lamp"], quantity=MISSING)])

    def _bulbs(self, uow):
        """Nobody buys them: they were there."""
        warehouse = uow.session.scalar(select(Warehouse.id))
        line = OpeningLine(product_id=self.ids["bulb"], quantity=WANTED, unit_cost=BULB)
        opening = Opening(warehouse_id=warehouse, opened_on=uow.today, lines=[line])
        uow.add(opening)
        open_stock(uow, [opening.id])

    def ship(self):
        """Ship what was sold, as far as there is so much; without sales, goods leave without an order."""
        if not self.has("crm"):
            self.do(self._deliver)
        with self.read() as session:
            rows = session.execute(
                select(DeliveryLine.delivery_id, DeliveryLine.id, DeliveryLine.reserved)
                .join(Delivery, Delivery.id == DeliveryLine.delivery_id)
                .where(
                    Delivery.state.in_(["ready", "partial"]), Delivery.party_id == self.ids["ada"]
                )
            ).all()
        for delivery, line, reserved in rows:
            self.do(ship_deliveries, [delivery], quantities={line: reserved})

    def _deliver(self, uow):
        warehouse = uow.session.scalar(select(Warehouse.id))
        line = DeliveryLine(product_id=self.ids["lamp"], quantity=MISSING)
        delivery = Delivery(warehouse_id=warehouse, party_id=self.ids["ada"], lines=[line])
        uow.add(delivery)
        plan(uow, [delivery.id])

    def travel(self):
        """The carrier takes it, brings it, and asks for its freight."""
        if not self.has("inventory"):
            self.do(self._send)
            self.step(shipping.pack, Shipment)
            self.step(shipping.hand_over, Shipment)
        self.step(shipping.deliver, Shipment, "Ada", state="handed_over")
        self.do(self._carriers_bill)
        self.step(check_statements, Statement)
        self.step(accept_statements, Statement)

    def _send(self, uow):
        shipment = Shipment(
            party_id=self.ids["ada"], address_id=self.ids["home"], ship_on=uow.today
        )
        shipment.parcels = [Parcel(weight=D(4))]
        uow.add(shipment)

    def _carriers_bill(self, uow):
        sent = uow.session.execute(
            select(Shipment.number, Shipment.cost).where(Shipment.state == "delivered")
        ).all()
        assert sent
        statement = Statement(
            carrier_id=uow.session.scalar(select(Carrier.id)), reference="I-77", dated_on=uow.today
        )
        statement.lines = [StatementLine(tracking=number, charged=cost) for number, cost in sent]
        uow.add(statement)

    # -- the way of the money -----------------------------------------------------------------

    def bill(self):
        """Post what was drafted; without sales, an invoice is written by hand."""
        if not self.has("crm"):
            self.do(self._invoice)
        self.step(post_invoices, Invoice, state="draft")

    def _invoice(self, uow):
        line = InvoiceLine(
            product_id=self.ids["lamp"], quantity=MISSING, price=PRICE, tax_id=self.ids["sold"]
        )
        write_invoices(uow, [Invoice(party_id=self.ids["ada"], issued_on=uow.today, lines=[line])])

    def pay(self):
        """Everybody pays what is open."""

        def act(uow):
            due = uow.session.execute(
                select(Invoice.id, Invoice.party_id, Invoice.kind, Invoice.open).where(
                    Invoice.state == "posted"
                )
            ).all()
            payments = [
                Payment(
                    party_id=party, dated_on=uow.today, amount=amount,
                    direction="in" if kind == "customer_invoice" else "out",
                    lines=[PaymentLine(invoice_id=id, amount=amount)],
                )
                for id, party, kind, amount in due
            ]  # fmt: skip
            register_payments(uow, payments)

        self.do(act)

    def pay_people(self):
        """Ann has worked a month."""

        def hire(uow):
            ann = Employee(number="ANN", name="Ann")
            create_employees(uow, [ann])
            simple = uow.session.scalar(select(Structure.id).where(Structure.code == "SIMPLE"))
            first = uow.today.replace(day=1)
            term = ContractTerm(from_on=first, wage=WAGE, structure_id=simple)
            contract = Contract(employee_id=ann.id, starts_on=first, terms=[term])
            create_contracts(uow, [contract])
            sign_contracts(uow, [contract.id])
            uow.add(Payroll(year=first.year, month=first.month))

        self.do(hire)
        self.step(compute_payrolls, Payroll)
        self.step(post_payrolls, Payroll)

    # -- figures ------------------------------------------------------------------------------

    def sold(self):
        """How the customer's order stands."""
        with self.read() as session:
            order = session.scalars(select(SalesOrder)).one()
            return order.state, order.delivery_state, order.invoice_state, order.payment_state

    def bought(self):
        with self.read() as session:
            order = session.scalars(select(PurchaseOrder)).one()
            return order.receipt_state, order.bill_state

    def stock(self, product):
        """What lies on our shelves."""
        with self.read() as session:
            return session.scalar(
                select(func.coalesce(func.sum(Stock.on_hand), 0))
                .join(Location, Location.id == Stock.location_id)
                .where(Stock.product_id == self.ids[product], Location.role == "stock")
            )

    def stock_value(self):
        with self.read() as session:
            return session.scalar(select(func.coalesce(func.sum(StockValue.value), 0)))

    def ledger(self):
        """Each account's balance."""
        with self.read() as session:
            return figures.ledger(session)

    def wrong(self):
        """What `dougong check` would say."""
        with self.read() as session:
            return figures.wrong(session, self.runtime.wiring)

    def missed(self):
        """What a department has not heard of."""
        return [
            (name, missed.event)
            for name in self.runtime.loaded
            for missed in catch_up(self.runtime, name, [1])
        ]
