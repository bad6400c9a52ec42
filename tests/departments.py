"""What each department of the demo company does, one act of one person after the other.

Every act runs with the rights of whoever does it, at the time that the house's clock shows.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import func, select

from dougong import Actor, clock
from dougong.demo_site import PEOPLE, bring_to_life, let_people_in
from dougong.people.actors import actor_for
from dougong.people.users.models import User
from dougong_base import Party, Product
from dougong_base.ports import LedgerBalance
from dougong_crm.orders.models import Order as SalesOrder
from dougong_crm.orders.models import OrderLine as SalesLine
from dougong_crm.orders.service import confirm_orders as confirm_sales
from dougong_crm.orders.service import create_orders as create_sales
from dougong_finance.accounts.models import AccountUse
from dougong_finance.invoices.models import Invoice
from dougong_finance.invoices.posting import post_invoices
from dougong_finance.payments.models import Payment, PaymentLine
from dougong_finance.payments.service import register_payments
from dougong_finance.periods.models import Period
from dougong_finance.periods.service import close_periods
from dougong_hr.employees.models import Employee
from dougong_hr.payroll.models import Payroll, Payslip
from dougong_hr.payroll.posting import post_payrolls
from dougong_hr.payroll.service import compute_payrolls
from dougong_inventory.deliveries.models import Delivery
from dougong_inventory.deliveries.service import ship_deliveries
from dougong_inventory.forecast.making import forecast_now
from dougong_inventory.forecast.models import Forecast
from dougong_inventory.forecast.service import approve_forecasts, start_forecasts
from dougong_inventory.receipts.models import Receipt
from dougong_inventory.receipts.service import receive
from dougong_inventory.stock.models import Stock
from dougong_inventory.valuation.models import StockValue
from dougong_inventory.warehouses.models import Location
from dougong_logistics.driving.service import Proof, arrive, hand_over_stop
from dougong_logistics.fleet.models import Vehicle
from dougong_logistics.places.models import Place
from dougong_logistics.shipments.models import Shipment, ShipmentLine
from dougong_logistics.tours import service as tours
from dougong_logistics.tours.models import PlanStop, PlanVehicle, RoutePlan, Tour, TourStop
from dougong_production.inspections.models import Inspection
from dougong_production.inspections.service import decide_inspections
from dougong_production.orders.closing import close_orders
from dougong_production.orders.models import Order as Making
from dougong_production.orders.output import finish_orders
from dougong_production.plan_runs.models import PlanFlow, Proposal
from dougong_production.plan_runs.proposals import accept_proposals
from dougong_production.plan_runs.service import open_plan_run, plan_now, start_plan_runs
from dougong_production.quality_plans.models import Characteristic, QualityPlan
from dougong_production.reports.pegging import NEEDED, WAITING
from dougong_production.schedules.framing import framed
from dougong_production.schedules.models import Schedule, ScheduledWork
from dougong_production.schedules.service import adopt_schedules, save, start_schedules
from dougong_production.schedules.solving import Limits, solve
from dougong_production.work_orders.service import complete_work, start_work
from dougong_purchasing.orders.changes import change_orders
from dougong_purchasing.orders.models import Order as Purchase
from dougong_purchasing.orders.models import OrderLine as PurchaseLine
from dougong_purchasing.orders.service import confirm_orders as confirm_purchases
from dougong_purchasing.requests.models import Request
from dougong_purchasing.requests.ordering import order_requests

D = Decimal
SYSTEM = Actor.system()
#: A Monday in the spring; what the story needs to wait for is waited for by the clock of the house.
MONDAY = dt.date(2026, 3, 2)


def morning(day):
    return dt.datetime.combine(day, dt.time(7), dt.UTC)


class Company:
    """The demo company: who works there, what day it is, and whether everything agrees."""

    def __init__(self, runtime):
        self.house, self.checks, self.now = runtime.house, runtime.wiring.checks, morning(MONDAY)
        words = {person.login: "dusk-crane-41-willow" for person in PEOPLE}
        with clock.at(self.now):
            for early in (True, False):
                self.house.run(
                    SYSTEM,
                    lambda uow, early=early: let_people_in(
                        uow, words, "en", "Europe/Berlin", early=early
                    ),
                )
                if early:
                    bring_to_life(runtime, SYSTEM, "en")
        with self.read() as session:
            self.people = {
                user.login: actor_for(session, user.id, wiring=runtime.wiring)
                for user in session.scalars(select(User))
            }

    def read(self):
        return self.house.read(SYSTEM)

    def does(self, who, act):
        """One unit of work of a person of the company, with the rights of their role."""
        with clock.at(self.now):
            return self.house.run(self.people[who], act)

    def wait_until(self, moment):
        assert moment >= self.now
        self.now = moment

    def all(self, model, *conditions):
        with self.read() as session:
            return session.scalars(select(model).where(*conditions).order_by(model.id)).all()

    def answers(self, report, **asked):
        with self.read() as session:
            return [line.values for line in report.ask(session, self.people["planner"], **asked)]

    def owes(self, purpose):
        """Debits less credits of the accounts that serve a purpose."""
        return self.does("accountant", lambda uow: uow.ask(LedgerBalance).of(purpose))

    def agrees(self):
        """Stock and work in progress are worth what the ledger says; every check of the house holds."""
        with self.read() as session:
            wrong = [
                f"{check.name}: {said}" for check in self.checks for said in check.run(session)
            ]
            stock = session.scalar(select(func.sum(StockValue.value)))
            work = sum(
                (one.underway_cost for one in session.scalars(select(Making)) if one.stocked), D(0)
            )
        assert wrong == []
        assert (stock, work) == (self.owes("stock"), self.owes("production"))


def product(company, code):
    (found,) = company.all(Product, Product.code == code)
    return found


def demand_is_forecast(company):
    """The warehouse forecasts the next quarter from what has left, and stands for it."""

    def act(uow):
        forecast = Forecast(horizon=13, past=52)
        uow.add(forecast)
        start_forecasts(uow, [forecast.id])
        forecast_now(uow, forecast.id)
        approve_forecasts(uow, [forecast.id])
        return forecast.id

    id = company.does("warehouse", act)
    return company.all(Forecast, Forecast.id == id)[0]


def planned_for(company, forecast):
    """The products that the last plan makes or buys because a forecast says so."""
    flows = company.all(
        PlanFlow,
        PlanFlow.document_kind == "inventory.forecasts",
        PlanFlow.document_id == forecast.id,
    )
    return {flow.product_id for flow in flows}


def a_customer_orders(company, quantity, promised_on):
    """Sales confirm an order for more sets than there are."""
    (customer,) = company.all(Party, Party.name == "Harbour Books")
    made = product(company, "MADE-SET")

    def act(uow):
        line = SalesLine(
            product_id=made.id, unit_id=made.unit_id, quantity=D(quantity), price=D(300)
        )
        order = SalesOrder(
            customer_id=customer.id, ordered_on=uow.today, promised_on=promised_on,
            invoice_on="delivery", currency="EUR", lines=[line],
        )  # fmt: skip
        create_sales(uow, [order])
        confirm_sales(uow, [order.id])
        return order.id

    id = company.does("sales", act)
    return company.all(SalesOrder, SalesOrder.id == id)[0]


def the_planner_plans(company):
    """A run over all levels; what it proposes is accepted as it is."""

    def act(uow):
        run = open_plan_run(uow)
        uow.flush()
        start_plan_runs(uow, [run.id])
        uow.flush()
        plan_now(uow, run.id)

    company.does("planner", act)


def the_planner_accepts(company):
    ids = [one.id for one in company.all(Proposal, Proposal.state == "open")]
    company.does("planner", lambda uow: accept_proposals(uow, ids))


def the_buyer_orders(company):
    """Every approved request becomes an order at its supplier."""
    ids = [one.id for one in company.all(Request, Request.state == "approved")]

    def act(uow):
        orders = order_requests(uow, ids)
        uow.flush()
        confirm_purchases(uow, [order.id for order in orders])
        return [order.id for order in orders]

    return company.does("buyer", act)


def the_supplier_writes(company, purchase, expected_on):
    """Everything of this order comes on another day; the planner plans with that."""
    for line in company.all(PurchaseLine, PurchaseLine.order_id == purchase.id):
        company.does(
            "buyer",
            lambda uow, line=line: change_orders(
                uow, [purchase.id], line=line.id, expected_on=expected_on
            ),
        )
    the_planner_plans(company)


def lots_are_looked_at(company, code):
    """From now on, three pieces of each lot of this product that comes in."""
    goods = product(company, code)
    company.does(
        "planner",
        lambda uow: uow.add(
            QualityPlan(
                code=f"IN-{code}", name=f"{goods.name}, incoming", stage="receipt",
                product_id=goods.id, sampling="number", number=3,
                characteristics=[
                    Characteristic(
                        name="Height", unit="mm", lower=D(249), target=D(250), upper=D(251)
                    )
                ],
            )
        ),
    )  # fmt: skip


def goods_come(company, purchase, on=None):
    """The warehouse takes in what a purchase brings; the inspections that this opens."""
    (receipt,) = company.all(
        Receipt,
        Receipt.state == "expected",
        Receipt.source_id == purchase.id,
    )
    company.does("warehouse", lambda uow: receive(uow, [receipt.id], on=on))
    return company.all(
        Inspection, Inspection.source_id == receipt.id, Inspection.stage == "receipt"
    )


def measured(company, inspections, values):
    """What was measured decides; the states that the lots are in then."""
    ids = [inspection.id for inspection in inspections]

    def act(uow):
        for inspection in uow.load(Inspection, ids, Inspection.results):
            inspection.results[0].values = values
            uow.touch(inspection)
        decide_inspections(uow, ids)

    company.does("planner", act)
    return {one.state for one in company.all(Inspection, Inspection.id.in_(ids))}


def held(company, code):
    """How much of a product lies in the stock, and in the quarantine."""
    with company.read() as session:
        rows = session.execute(
            select(Location.role, func.sum(Stock.on_hand))
            .join(Location, Location.id == Stock.location_id)
            .join(Product, Product.id == Stock.product_id)
            .where(Product.code == code, Location.role.in_(["stock", "quarantine"]))
            .group_by(Location.role)
        )
        return {role: quantity for role, quantity in rows if quantity}


def the_workshop_is_scheduled(company):
    """A schedule with times for every open operation, in force."""

    def act(uow):
        schedule = Schedule(name="Spring", days=90, seconds=10, repeatable=True)
        uow.add(schedule)
        uow.flush()
        start_schedules(uow, [schedule.id])
        uow.flush()
        problem = framed(uow, schedule)
        save(
            uow,
            schedule.id,
            problem,
            solve(problem, Limits(deterministic=1.0, workers=1)),
            over=True,
        )
        uow.flush()
        adopt_schedules(uow, [schedule.id])
        return schedule.id

    return company.does("planner", act)


def the_sets_are_made(company, schedule, orders):
    """Each operation begins and ends as scheduled; an order is finished after its last."""
    rows = company.all(
        ScheduledWork,
        ScheduledWork.schedule_id == schedule,
        ScheduledWork.order_id.in_([order.id for order in orders]),
    )
    last = {row.order_id: row.work_id for row in sorted(rows, key=lambda row: row.end_at)}
    for row in sorted(rows, key=lambda row: (row.start_at, row.end_at)):
        company.wait_until(row.start_at)
        company.does("planner", lambda uow, row=row: start_work(uow, [row.work_id]))
        company.wait_until(row.end_at)
        company.does("planner", lambda uow, row=row: complete_work(uow, [row.work_id]))
        if last[row.order_id] == row.work_id:
            company.does("planner", lambda uow, row=row: finish_orders(uow, [row.order_id]))
            company.agrees()
    company.does("planner", lambda uow: close_orders(uow, [order.id for order in orders]))


def the_goods_travel(company, order):
    """They leave by our own van, on a route through the day's doors; the customer signs."""
    (delivery,) = company.all(Delivery, Delivery.source_id == order.id)
    assert delivery.state == "ready"
    (line,) = company.all(ShipmentLine, ShipmentLine.delivery_id == delivery.id)
    (van,), (depot,) = company.all(Vehicle), company.all(Place, Place.is_depot)
    day = company.now.date()

    def planned(uow):
        shipment = uow.get(Shipment, line.shipment_id)
        shipment.own, shipment.service_id, shipment.carrier_id = True, None, None
        shipment.ship_on, shipment.cost = day, D(0)
        plan = RoutePlan(
            day=day, speed=60,
            vehicles=[PlanVehicle(vehicle_id=van.id, depot_id=depot.id)],
            stops=[PlanStop(shipment_id=line.shipment_id)],
        )  # fmt: skip
        uow.add(plan)
        return plan.id

    plan = company.does("dispatcher", planned)
    for verb in (tours.plan_simply, tours.release):
        company.does("dispatcher", lambda uow, verb=verb: verb(uow, [plan]))
    (tour,) = (one.id for one in company.all(Tour, Tour.plan_id == plan))
    company.does("warehouse", lambda uow: ship_deliveries(uow, [delivery.id]))
    company.does("dispatcher", lambda uow: tours.start_tours(uow, [tour]))
    proof = Proof("E. Brandt", signature="M60 150L100 80L140 170L180 90")
    for stop in company.all(TourStop, TourStop.tour_id == tour):
        company.does("driver", lambda uow, stop=stop: arrive(uow, stop.id))
        company.does("driver", lambda uow, stop=stop: hand_over_stop(uow, stop.id, proof))
    company.does("dispatcher", lambda uow: tours.finish_tours(uow, [tour]))
    return company.all(Shipment, Shipment.id == line.shipment_id)[0]


def the_customer_pays(company, order):
    """The invoice that the delivery brought is posted, and paid in full."""
    (invoice,) = company.all(Invoice, Invoice.source_id == order.id)

    def act(uow):
        post_invoices(uow, [invoice.id])
        uow.flush()
        pay(uow, uow.get(Invoice, invoice.id), "in")

    company.does("accountant", act)
    return company.all(Invoice, Invoice.id == invoice.id)[0]


def the_suppliers_are_paid(company, purchases):
    """Their bills agree with what was ordered and what came: posted, and paid."""
    bills = company.all(
        Invoice, Invoice.state == "draft", Invoice.source_id.in_([one.id for one in purchases])
    )
    ids = [bill.id for bill in bills]

    def act(uow):
        post_invoices(uow, ids)
        uow.flush()
        for bill in uow.load(Invoice, ids):
            pay(uow, bill, "out")

    company.does("accountant", act)
    return {bill.state for bill in company.all(Invoice, Invoice.id.in_(ids))}


def pay(uow, invoice, direction):
    part = PaymentLine(invoice_id=invoice.id, amount=invoice.total)
    payment = Payment(
        party_id=invoice.party_id, direction=direction, amount=invoice.total, lines=[part]
    )
    register_payments(uow, [payment])


def everybody_is_paid(company, month):
    """The payroll of a month is computed and posted; what people are owed leaves the bank."""
    known = company.all(Payroll, Payroll.year == month.year, Payroll.month == month.month)

    def computed(uow):
        payroll = known[0] if known else Payroll(year=month.year, month=month.month)
        if not known:
            uow.add(payroll)
            uow.flush()
        compute_payrolls(uow, [payroll.id])
        uow.flush()
        post_payrolls(uow, [payroll.id])
        return payroll.id

    id = company.does("people", computed)
    slips = company.all(Payslip, Payslip.payroll_id == id)
    people = {one.id: one.party_id for one in company.all(Employee)}

    def paid(uow):
        account = uow.session.scalar(
            select(AccountUse.account_id).where(AccountUse.purpose == "wages_payable")
        )
        register_payments(
            uow,
            [
                Payment(
                    party_id=people[slip.employee_id], direction="out", amount=slip.net,
                    account_id=account,
                )
                for slip in slips
            ],
        )  # fmt: skip

    company.does("accountant", paid)
    return sum(slip.net for slip in slips)


def the_months_are_closed(company, *months):
    ids = [one.id for one in company.all(Period, Period.month.in_(months))]
    company.does("accountant", lambda uow: close_periods(uow, ids))


def bought(company, code):
    """The purchases on their way that bring a product, the earliest first."""
    goods = product(company, code)
    lines = company.all(
        PurchaseLine, PurchaseLine.product_id == goods.id, PurchaseLine.received == 0
    )
    return company.all(
        Purchase, Purchase.id.in_({line.order_id for line in lines}), Purchase.state == "confirmed"
    )


def comes_with(company, order, code):
    """The purchase that an order of a customer waits for, as the report names it."""
    (name,) = {
        one["supply"]
        for one in company.answers(NEEDED, number=order.number)
        if one["product"].startswith(code) and one["supply"].startswith("PO-")
    }
    (purchase,) = company.all(Purchase, Purchase.number == name.split()[0])
    return name, purchase


def who_waits(company, purchase):
    """Which customers wait for a purchase, and what stands between."""
    return {one["need"] for one in company.answers(WAITING, number=purchase.number)}


def why_late(company, order):
    """By how many days each thing that an order waits for comes too late."""
    answers = company.answers(NEEDED, number=order.number)
    return {one["supply"]: one["late_days"] for one in answers if one.get("late_days")}


def serves(company, order):
    """The production orders that a customer's order waits for, the first to be made first."""
    numbers = {one["supply"] for one in company.answers(NEEDED, number=order.number)}
    return company.all(Making, Making.number.in_(numbers))
