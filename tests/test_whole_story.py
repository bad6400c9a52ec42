"""The demo company from a forecast and an order that stock cannot meet to the closed month.

Every department, each person with the rights of their own role. After each chapter stock and work
in progress are worth what the ledger says, and every check of the house holds.
"""

from __future__ import annotations

import datetime as dt

import pytest
from departments import (
    MONDAY,
    Company,
    a_customer_orders,
    bought,
    comes_with,
    demand_is_forecast,
    everybody_is_paid,
    goods_come,
    held,
    lots_are_looked_at,
    measured,
    morning,
    planned_for,
    serves,
    the_buyer_orders,
    the_customer_pays,
    the_goods_travel,
    the_months_are_closed,
    the_planner_accepts,
    the_planner_plans,
    the_sets_are_made,
    the_supplier_writes,
    the_suppliers_are_paid,
    the_workshop_is_scheduled,
    who_waits,
    why_late,
)

from dougong import Refused
from dougong.testing import SHIPPED
from dougong_production.orders.service import release_orders


@pytest.fixture
def company(make_runtime):
    company = Company(make_runtime(*SHIPPED))
    company.agrees()
    return company


def test_from_the_forecast_to_the_closed_month(company):
    due = MONDAY + dt.timedelta(weeks=8)

    # The next quarter is forecast, and the plan will reckon with it.
    forecast = demand_is_forecast(company)
    assert forecast.series > 0

    # Sixty sets are sold, a few are there: the plan proposes what is to be made and bought.
    order = a_customer_orders(company, 60, due)
    the_planner_plans(company)
    assert planned_for(company, forecast)
    the_planner_accepts(company)
    the_buyer_orders(company)
    the_planner_plans(company)
    company.agrees()

    # A supplier will be late. Which customer waits for this purchase, and why is their order late?
    name, plants = comes_with(company, order, "PLANT")
    the_supplier_writes(company, plants, due)
    assert f"{order.number} Harbour Books" in who_waits(company, plants)
    assert why_late(company, order)[name] == 7

    # It comes in time after all, and is good; of the sideboards a sample fails, and they are put aside.
    lots_are_looked_at(company, "PLANT")
    lots_are_looked_at(company, "SIDEB")
    the_supplier_writes(company, plants, due - dt.timedelta(weeks=3))
    company.wait_until(morning(due - dt.timedelta(weeks=3)))
    assert measured(company, goods_come(company, plants), "249.5 250 250.4") == {"passed"}
    boards, *_others, late = bought(company, "SIDEB")
    before = held(company, "SIDEB")["stock"]
    lots = goods_come(company, boards)
    assert measured(company, lots, "249.5 250 253.4") == {"failed"}
    assert held(company, "SIDEB") == {
        "stock": before, "quarantine": sum(lot.quantity for lot in lots),
    }  # fmt: skip
    company.agrees()

    # The workshop follows the schedule; the van drives its route; the customer has signed and paid.
    makings = serves(company, order)
    company.wait_until(morning(due - dt.timedelta(weeks=2)))
    drafts = [one.id for one in makings if one.state == "draft"]
    company.does("planner", lambda uow: release_orders(uow, drafts))
    schedule = the_workshop_is_scheduled(company)
    the_sets_are_made(company, schedule, makings)
    sets = held(company, "MADE-SET")["stock"]
    assert sets >= 60
    assert company.now.date() < due
    company.wait_until(morning(due))
    shipment = the_goods_travel(company, order)
    assert (shipment.state, shipment.received_by) == ("delivered", "E. Brandt")
    assert held(company, "MADE-SET") == {"stock": sets - 60}
    company.agrees()
    invoice = the_customer_pays(company, order)
    assert (invoice.state, invoice.untaxed, invoice.open) == ("paid", 18_000, 0)
    assert the_suppliers_are_paid(company, [plants]) == {"paid"}
    company.agrees()

    # Everybody is paid for March and April, and both months are closed.
    company.wait_until(morning(dt.date(2026, 5, 4)))
    owed = company.owes("wages_payable")
    for month in (dt.date(2026, 3, 1), dt.date(2026, 4, 1)):
        assert everybody_is_paid(company, month) > 0
    assert company.owes("wages_payable") == owed
    company.agrees()
    the_months_are_closed(company, 202603, 202604)
    with pytest.raises(Refused, match="2026-04 is Closed"):
        goods_come(company, late, on=dt.date(2026, 4, 30))
    company.agrees()
