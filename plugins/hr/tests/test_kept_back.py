"""Advances that were paid out are kept back from wages: in parts, and never what one lives on."""

import datetime as dt
from decimal import Decimal as D  # noqa: N817

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from dougong import Actor, Invalid, Refused
from dougong_base.events import CostsArose
from dougong_hr.advances.keeping import Limits
from dougong_hr.advances.models import Advance, KeptBack
from dougong_hr.advances.service import pay_advances, repay_advances
from dougong_hr.checks import advances as advances_check
from dougong_hr.claims.models import Claim, ClaimLine
from dougong_hr.claims.service import approve_claims, submit_claims
from dougong_hr.contracts.models import Contract
from dougong_hr.contracts.service import end_contracts
from dougong_hr.insurance.models import InsurancePlan
from dougong_hr.payinputs.models import PayInput
from dougong_hr.payroll.models import Payroll, Payslip, PayslipLine
from dougong_hr.payroll.posting import post_payrolls
from dougong_hr.payroll.service import cancel_payrolls, compute_payrolls
from dougong_hr.payroll.slips import slip_of
from dougong_hr.structures.models import Structure
from dougong_hr.tables.models import RateRow, RateTable

SYSTEM = Actor.system()
PAID = dt.date(2025, 1, 10)


class Lender:
    """An office that pays in advance and keeps it back."""

    def __init__(self, office):
        self.office = office
        self.simple = office.look(Structure, code="SIMPLE")[0].id

    def __getattr__(self, name):
        return getattr(self.office, name)

    def lend(self, person, amount, *, on=PAID, **more):
        row = Advance(employee_id=person, purpose="Rent", amount=D(amount), **more)
        self.do(lambda uow: uow.add(row))
        self.do(pay_advances, [row.id], on)
        return row.id

    def claim(self, person, amount):
        lines = [ClaimLine(on=PAID, text="Train", amount=D(amount))]
        claim = Claim(employee_id=person, purpose="Fair", lines=lines)
        self.do(lambda uow: uow.add(claim))
        self.do(submit_claims, [claim.id])
        self.do(approve_claims, [claim.id], PAID)

    def compute(self, month, **more):
        row = Payroll(year=2025, month=month, **more)
        self.do(lambda uow: uow.add(row))
        self.do(compute_payrolls, [row.id])
        return row.id

    def run(self, month, **more):
        key = self.compute(month, **more)
        self.do(post_payrolls, [key])
        return key

    def net(self, payroll):
        (net,) = self.nets(payroll)
        return net

    def nets(self, payroll):
        return [slip.net for slip in self.look(Payslip, payroll_id=payroll)]

    def open(self, advance):
        found = self.look(Advance, advance)
        return found.open, found.state

    def sound(self):
        with self.read(SYSTEM) as session:
            return list(advances_check(session)) == []


@pytest.fixture
def lender(office):
    return Lender(office)


@pytest.fixture
def settings(lender, monkeypatch):
    """Settings of the company, for this test."""
    values, usual = {}, lender.house.setting
    monkeypatch.setattr(
        lender.house, "setting",
        lambda uow, key: values[key] if key in values else usual(uow, key),
    )  # fmt: skip
    return values


@pytest.fixture
def ann(lender):
    return lender.hired("Ann", "5000", structure_id=lender.simple)


def test_an_advance_is_kept_back_from_the_first_payroll_after_the_days_for_claims(lender, ann):
    advance = lender.lend(ann, "600")
    assert lender.look(Advance, advance).keep_from == dt.date(2025, 2, 9)
    assert lender.net(lender.run(1)) == 5000
    assert lender.net(lender.run(2)) == 4400
    assert lender.open(advance) == (0, "settled")
    assert lender.net(lender.run(3)) == 5000
    assert lender.sound()


def test_instalments_are_kept_back_month_by_month_and_the_last_one_takes_the_rest(lender, ann):
    advance = lender.lend(ann, "1000", keep_from=PAID, instalments=3)
    assert [lender.net(lender.run(month)) for month in (1, 2, 3, 4)] == [
        D("4666.67"), D("4666.66"), D("4666.67"), 5000,
    ]  # fmt: skip
    assert lender.open(advance) == (0, "settled")


def test_no_more_than_a_fifth_of_what_was_earned_is_kept_back_and_the_next_months_make_up(
    lender, ann
):
    older, younger = (lender.lend(ann, "1500", keep_from=PAID) for _n in range(2))
    assert lender.net(lender.run(1)) == 4000
    assert (lender.open(older), lender.open(younger)) == ((500, "paid"), (1500, "paid"))
    assert lender.net(lender.run(2)) == 4000
    assert (lender.open(older), lender.open(younger)) == ((0, "settled"), (1000, "paid"))
    assert lender.net(lender.run(3)) == 4000
    assert lender.net(lender.run(4)) == 5000


def test_what_one_lives_on_is_always_paid_out_and_places_have_their_own_amount(
    lender, ann, settings
):
    place = InsurancePlan(code="here", name="Here")
    lender.do(lambda uow: uow.add(place))
    bob = lender.hired("Bob", "5000", structure_id=lender.simple, insurance_id=place.id)
    for person in (ann, bob):
        lender.lend(person, "900", keep_from=PAID)
    settings["hr.pay_floor"] = 4800
    assert lender.nets(lender.run(1)) == [4800, 4800]
    rows = [RateRow(from_on=dt.date(2025, 2, 1), key="here", value=D(4990))]
    table = RateTable(code="pay_floor", name="Minimum wage", rows=rows)
    lender.do(lambda uow: uow.add(table))
    assert lender.nets(lender.run(2)) == [4800, 4990]
    settings["hr.keep_back_share"] = 0
    assert lender.nets(lender.run(3)) == [5000, 5000]


@pytest.mark.once
@pytest.mark.parametrize(
    ("gross", "net", "room"),
    [("5000", "4000", "1000"), ("5000.03", "4000", "1000"), ("5000", "2500", "500"),
     ("5000", "1999", "0"), ("0", "0", "0")],
)  # fmt: skip
def test_the_room_of_a_month_is_rounded_down(gross, net, room):
    assert Limits(D(20), D(2000)).room(D(gross), D(net), "CNY") == D(room)


def test_who_leaves_owes_the_rest_at_once(lender, ann):
    advance = lender.lend(ann, "900", keep_from=PAID, instalments=9)
    (contract,) = lender.look(Contract)
    lender.do(end_contracts, [contract.id], dt.date(2025, 1, 31))
    lender.run(1)
    assert lender.open(advance) == (0, "settled")


def test_claims_come_first_and_an_advance_without_instalments_is_for_claims_only(lender, ann):
    first = lender.lend(ann, "600", keep_from=PAID)
    second = lender.lend(ann, "300", instalments=0)
    lender.claim(ann, "450")
    assert lender.net(lender.run(1)) == 4850
    assert (lender.open(first), lender.open(second)) == ((0, "settled"), (300, "paid"))
    assert lender.sound()


def test_computing_again_or_giving_up_keeps_nothing_back(lender, ann):
    advance = lender.lend(ann, "600", keep_from=PAID)
    key = lender.compute(1)
    lender.do(compute_payrolls, [key])
    assert lender.net(key) == 4400
    assert len(lender.look(KeptBack)) == 1
    assert lender.open(advance) == (600, "paid")
    lender.do(cancel_payrolls, [key])
    assert lender.look(KeptBack) == []
    assert lender.sound()


@pytest.mark.parametrize("how", ["claim", "repaid"])
def test_what_was_used_meanwhile_is_not_kept_back_too(lender, ann, how):
    advance = lender.lend(ann, "600", keep_from=PAID)
    key = lender.compute(1)
    if how == "claim":
        lender.claim(ann, "100")
    else:
        lender.do(repay_advances, [advance], PAID)
    with pytest.raises(Refused, match="another amount is owed"):
        lender.do(post_payrolls, [key])
    lender.do(compute_payrolls, [key])
    lender.do(post_payrolls, [key])
    assert lender.net(key) == (4500 if how == "claim" else 5000)
    assert lender.open(advance) == (0, "settled")
    assert lender.sound()


def test_a_correction_gives_back_what_the_month_had_no_room_for(lender, ann):
    advance = lender.lend(ann, "1000", keep_from=PAID)
    lender.run(1)
    less = PayInput(employee_id=ann, year=2025, month=1, code="bonus", amount=D(-1000))
    lender.do(lambda uow: uow.add(less))
    key = lender.compute(1, kind="correction")
    assert lender.open(advance) == (0, "settled")
    lender.do(post_payrolls, [key])
    # A fifth of 4,000 may be kept back: 1,000 less is earned, 200 are given back.
    assert lender.net(key) == -800
    assert lender.open(advance) == (200, "paid")
    assert lender.sound()


def test_the_payslip_and_its_print_say_what_is_kept_back_and_still_owed(lender, ann):
    lender.lend(ann, "1200", keep_from=PAID)
    key = lender.run(1)
    (found,) = lender.look(Payslip, payroll_id=key)
    assert (found.gross, found.deductions, found.net) == (5000, 1000, 4000)
    (line,) = lender.look(PayslipLine, payslip_id=found.id, code="advances_kept")
    assert (line.name, line.amount, line.purpose) == (
        "Advances kept back", 1000, "employee_payable",
    )  # fmt: skip
    with lender.read(SYSTEM) as session:
        slip = slip_of(session, found.id)
        (row,) = slip.payslip.kept
        assert (row.advance.number, row.amount, row.still_owed) == ("AV-2025-00001", 1000, 200)
        assert slip.year["deductions"] == 1000


def test_what_a_posted_payslip_has_kept_back_cannot_be_changed(lender, ann):
    lender.lend(ann, "600", keep_from=PAID)
    lender.run(1)
    with pytest.raises((Refused, IntegrityError)):
        lender.do(lambda uow: uow.session.execute(KeptBack.__table__.update().values(amount=1)))


def test_no_component_takes_the_name_of_the_line(lender):
    with pytest.raises(Invalid):
        lender.enter(
            "hr.structures", code="X", name="X",
            components=[{"code": "advances_kept", "name": "A", "kind": "earning", "formula": "1"}],
        )  # fmt: skip


def test_an_advance_in_more_than_sixty_months_is_refused(lender, ann):
    with pytest.raises(Invalid):
        lender.enter("hr.advances", employee=ann, purpose="X", amount="5", instalments=61)


def test_in_the_books_the_debt_is_paid_by_the_payroll(make_office):
    from dougong_finance.items.models import Item

    lender = Lender(make_office("base", "finance", "hr"))
    ann = lender.hired("Ann", "5000", structure_id=lender.simple)
    lender.lend(ann, "1200", keep_from=PAID)
    key = lender.compute(1)
    told = [e for e in lender.told(post_payrolls, [key]) if isinstance(e, CostsArose)]
    assert sum(line.amount for line in told[0].lines) == 0
    with lender.read(SYSTEM) as session:
        mine = session.execute(
            select(Item.side, func.sum(Item.total), func.sum(Item.open))
            .where(Item.party_id.is_not(None))
            .group_by(Item.side)
            .order_by(Item.side)
        ).all()
    # Owed by her: 1,200 less 1,000; owed to her: 4,000 of wages.
    assert [tuple(row) for row in mine] == [("credit", 5000, 4000), ("debit", 1200, 200)]
