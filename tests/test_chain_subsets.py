"""Every choice of departments goes as far as it can; one that leaves in the middle loses nothing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from choices import CHOICES, EDGES, every
from trading import BULB, COST, HELD, MISSING, PRICE, WAGE, WANTED, Trade

DAY = dt.date(2026, 3, 10)
DEPARTMENTS = ("crm", "inventory", "finance")
TAX = Decimal("0.19")
LABOUR = 5


@every(CHOICES, on_server=EDGES)
def test_every_choice_of_departments_goes_as_far_as_it_can(chosen, open_house):
    """Sell, plan, buy, make, ship, bill, pay, pay people: each where somebody does it."""
    trade = Trade(open_house(chosen))
    trade.go_as_far_as_it_goes()

    here = set(chosen)
    # Two lamps are missing: who makes or buys them lets the warehouse ship all twelve.
    enough = not {"purchasing", "production"}.isdisjoint(here)
    if "crm" in here:
        shipped = ("full" if enough else "partial") if "inventory" in here else "open"
        billed = ("full" if shipped == "open" else shipped) if "finance" in here else "open"
        paid = "full" if "finance" in here else "open"
        done = shipped == billed == paid == "full"
        assert trade.sold() == ("done" if done else "confirmed", shipped, billed, paid)
    if "purchasing" in here:
        come, owed = ("full" if name in here else "open" for name in ("inventory", "finance"))
        assert trade.bought() == (come, owed)
    if {"crm", "inventory", "production"} <= here:
        assert trade.planned == {("lamp", "make"): MISSING, ("bulb", "buy"): MISSING}
    elif {"crm", "production"} <= here:
        # Nobody counts what there is: all that is ordered is made.
        assert trade.planned == {("lamp", "make"): WANTED, ("bulb", "buy"): WANTED}
    if "inventory" in here:
        bulbs = WANTED - MISSING if "production" in here and "purchasing" not in here else 0
        lamps = 0 if "crm" in here else HELD - MISSING + (MISSING if enough else 0)
        assert (trade.stock("lamp"), trade.stock("bulb")) == (lamps, bulbs)
        assert trade.stock_value() == lamps * COST + bulbs * BULB
    if "finance" in here:
        assert trade.ledger() == books(here, enough, trade)
    assert trade.wrong() == []
    assert trade.missed() == []


def books(here, enough, trade):
    """What an accountant expects of these departments: each account's balance."""
    sold = WANTED if "crm" in here else MISSING
    if "crm" in here and "inventory" in here and not enough:
        sold = HELD
    bought = freight = Decimal(0)
    if "purchasing" in here:
        to_order = {"crm", "production"} <= here and "inventory" not in here
        bought = (WANTED if to_order else MISSING) * (BULB if "production" in here else COST)
    if "logistics" in here:
        # Five and half a euro a kilogram; a lamp weighs two.
        freight = 5 + (sold if "inventory" in here else MISSING)
    expected = {
        "1010": sold * PRICE * (1 + TAX) - bought * (1 + TAX) - freight,
        "1150": bought * TAX,
        "2100": -sold * PRICE * TAX,
        "4000": -sold * PRICE,
        "6510": freight,
    }
    if "inventory" in here:
        own = {"production", "purchasing"} & here == {"production"}
        made = MISSING * LABOUR if "production" in here else 0
        # The stock value is the ledger's.
        expected["1200"] = trade.stock_value()
        expected["3900"] = -HELD * COST - (WANTED * BULB if own else 0)
        expected["5000"] = sold * COST
        expected["5130"] = -made
    else:
        expected["6000"] = bought
    if "hr" in here:
        expected |= {"6100": WAGE, "2200": -WAGE}
    return {account: balance for account, balance in expected.items() if balance}


@pytest.mark.parametrize("away", DEPARTMENTS)
def test_a_department_that_leaves_in_the_middle_picks_up_where_it_left(away, company):
    """One order shipped in part, one whole, a draft invoice; then it goes, others work on, it is back."""
    shop = company("base", *DEPARTMENTS)
    shop.stock_up()
    first, second = shop.sell(5, DAY), shop.sell(4, DAY)
    shop.ship(first, DAY, 2)
    before = shop.everything()
    shop.disable(away)
    kept = shop.everything()
    if away != "inventory":
        shop.ship(first, DAY)
        shop.ship(second, DAY)
    third = shop.sell(3, DAY) if away != "crm" else None
    shop.enable(away)
    for name in DEPARTMENTS:
        shop.catch_up(name)
        assert shop.catch_up(name) == {}
    for order in (first, second, third):
        if order is not None and shop.deliveries_of(order):
            shop.ship(order, DAY)
    shop.post_all()
    shop.pay_all(DAY)

    own = [name for name in before if name.split("_")[0] in (*DEPARTMENTS, "base")]
    assert {name: kept[name] for name in own} == {name: before[name] for name in own}
    quantity = 12 if third else 9
    assert shop.stock() == (100 - quantity, 400 - 4 * quantity)
    assert shop.ledger() == {
        "1010": Decimal("11.9") * quantity, "1200": 400 - 4 * quantity, "2100": Decimal("-1.9") * quantity,
        "3900": -400, "4000": -10 * quantity, "5000": 4 * quantity,
    }  # fmt: skip
    assert {shop.order(order) for order in (first, second, third) if order} == {
        ("done", "full", "full", "full")
    }
    assert shop.wrong() == []
