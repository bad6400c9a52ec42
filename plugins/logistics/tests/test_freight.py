"""What carriers charge, beside what was expected."""

import datetime as dt
from decimal import Decimal

import pytest

from dougong import Refused
from dougong_base.events import PurchaseBillable
from dougong_logistics.checks import finished_tours_are_told, statements_are_their_lines
from dougong_logistics.fleet.models import Vehicle
from dougong_logistics.freight.models import Statement
from dougong_logistics.freight.service import accept_statements, check_statements
from dougong_logistics.tours.models import Tour, TourStop

DAY = dt.date(2026, 3, 2)
D = Decimal


@pytest.fixture
def sent(office, enter):
    """Two shipments with the carrier at 5.50 each."""
    numbers = []
    for key in (700_001, 700_002):
        delivery = office.plan((office.ids.lamp, 3), key=key)
        shipment = office.shipment()
        enter("logistics.shipments", key=shipment.id, tracking_number=f"JD{key}")
        office.goods_leave(delivery, (office.ids.lamp, 3))
        numbers.append(f"JD{key}")
    return numbers


def statement(enter, reference, *charges):
    return enter(
        "logistics.statements", carrier="SWIFT", reference=reference, dated_on="2026-03-31",
        lines=[{"tracking": name, "charged": charge} for name, charge in charges],
    )  # fmt: skip


def check(office, id):
    office.run(lambda uow: check_statements(uow, [id]))
    found = office.run(lambda uow: uow.get(Statement, id, Statement.lines))
    return found, [line.verdict for line in found.lines]


def test_each_charge_is_compared_with_the_expected_freight(office, enter, sent):
    found, verdicts = check(office, statement(enter, "I-1", (sent[0], "5.60"), (sent[1], "7.00")))
    assert verdicts == ["within", "over"]
    assert (found.charged, found.expected, found.difference) == (D("12.6"), 11, D("1.6"))


def test_an_accepted_statement_becomes_a_bill_on_the_accrued_freight(office, enter, sent):
    id = statement(enter, "I-1", (sent[0], "5.60"), (sent[1], "5.50"))
    check(office, id)

    def act(uow):
        accept_statements(uow, [id])
        uow.settle()
        return list(uow.published)

    (bill,) = [e for e in office.run(act) if isinstance(e, PurchaseBillable)]
    assert (bill.purpose, bill.supplier_id) == ("freight_accrued", office.ids.swift)
    assert [(x.price, x.unit_cost) for x in bill.lines] == [
        (D("5.6"), D("5.5")), (D("5.5"), D("5.5")),
    ]  # fmt: skip
    with pytest.raises(Refused):
        office.run(lambda uow: accept_statements(uow, [id]))


def test_nobody_is_paid_twice_for_a_shipment(office, enter, sent):
    first = statement(enter, "I-1", (sent[0], "5.50"))
    check(office, first)
    office.run(lambda uow: accept_statements(uow, [first]))
    second = statement(enter, "I-2", (sent[0], "5.50"), ("nobody", "9"))
    assert check(office, second)[1] == ["twice", "unknown"]
    with pytest.raises(Refused, match="Charged before"):
        office.run(lambda uow: accept_statements(uow, [second]))
    third = statement(enter, "I-3", (sent[1], "5.50"), (sent[1], "5.50"))
    assert check(office, third)[1] == ["agrees", "twice"]


def test_the_check_finds_a_statement_that_is_not_the_sum_of_its_lines(office, enter, sent):
    id = statement(enter, "I-1", (sent[0], "5.60"), (sent[1], "5.50"))
    assert office.read(lambda s: list(statements_are_their_lines(s))) == []

    def spoil(uow):
        uow.get(Statement, id).charged = D(1)

    office.run(spoil)
    assert len(office.read(lambda s: list(statements_are_their_lines(s)))) == 1


def test_the_check_finds_a_tour_that_is_done_while_its_goods_are_under_way(office):
    delivery = office.plan((office.ids.lamp, 3))
    office.goods_leave(delivery, (office.ids.lamp, 3))

    def drive(uow):
        van = Vehicle(plate="B-1", capacity=D(9))
        uow.add(van)
        tour = Tour(day=DAY, vehicle_id=van.id, state="under_way")
        tour.stops = [TourStop(shipment_id=office.shipment().id)]
        uow.add(tour)
        return tour.id

    tour = office.run(drive)
    assert office.read(lambda s: list(finished_tours_are_told(s))) == []

    def forget(uow):
        uow.get(Tour, tour).state = "done"

    office.run(forget)
    (sentence,) = office.read(lambda s: list(finished_tours_are_told(s)))
    assert "is still under way" in sentence
