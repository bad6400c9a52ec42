"""A personnel office, and short words for what the tests do again and again."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from dougong import Actor, Invalid
from dougong.actors import EVERYTHING, Rights
from dougong.people.users.service import add_user
from dougong.resources import documents, steps
from dougong_hr.contracts.models import Contract, ContractTerm
from dougong_hr.contracts.service import create_contracts, sign_contracts
from dougong_hr.deductions.models import TaxDeduction
from dougong_hr.employees.models import Employee
from dougong_hr.employees.service import create_employees
from dougong_hr.insurance.models import InsurancePlan, InsuranceRate
from dougong_hr.payinputs.models import PayInput
from dougong_hr.payroll.models import Payroll, Payslip, PayslipLine
from dougong_hr.payroll.posting import post_payrolls
from dougong_hr.payroll.service import compute_payrolls
from dougong_hr.roles import ROLES
from dougong_hr.structures.models import Structure

D = Decimal
SYSTEM = Actor.system()
NEW_YEAR = dt.date(2025, 1, 1)


class Office:
    """People by name, and what is done with them."""

    def __init__(self, runtime: Any) -> None:
        self.runtime, self.house, self.nouns = runtime, runtime.house, runtime.nouns

    def __getattr__(self, name: str) -> Any:
        return getattr(self.house, name)

    def do(self, act: Any, *given: Any, actor: Actor = SYSTEM, **more: Any) -> Any:
        """Do one thing in a unit of work of its own; returns what it returned."""
        return self.house.run(actor, lambda uow: act(uow, *given, **more))

    def told(self, act: Any, *given: Any, **more: Any) -> list[Any]:
        """The events that an act has told the other departments."""
        with self.house.work(SYSTEM) as uow:
            act(uow, *given, **more)
        return uow.published

    def person(self, name: str = "Ann", **more: Any) -> int:
        row = Employee(number=name.upper(), name=name, **more)
        self.do(create_employees, [row])
        return row.id

    def contract(self, person, wage="10000", starts=NEW_YEAR, ends=None, sign=True, **terms):
        term = ContractTerm(from_on=starts, wage=D(wage), **terms)
        row = Contract(employee_id=person, starts_on=starts, ends_on=ends, terms=[term])
        self.do(create_contracts, [row])
        if sign:
            self.do(sign_contracts, [row.id])
        return row.id

    def hired(self, name="Ann", wage="10000", starts=NEW_YEAR, **terms):
        person = self.person(name)
        self.contract(person, wage, starts, **terms)
        return person

    def look(self, model: Any, key: int | None = None, **by: Any) -> Any:
        with self.house.read(SYSTEM) as session:
            if key is not None:
                found = session.get(model, key)
                session.expunge_all()
                return found
            return session.scalars(select(model).filter_by(**by).order_by(model.id)).all()

    def enter(self, name, /, key=None, actor=SYSTEM, rights=EVERYTHING, **payload):
        """What the page and the API enter."""
        noun = self.nouns.get(name)
        sight = noun.sight(rights)

        def act(uow):
            document = documents.load(uow, noun, sight, [key])[0] if key else None
            entry = documents.Entry(payload, document)
            documents.save_all(uow, noun, sight, [entry])
            if entry.errors:
                raise Invalid(entry.errors)
            uow.complete()
            return entry.document.id

        return self.house.run(actor, act)

    def step(self, name, key, step, actor=SYSTEM, rights=EVERYTHING, **asked):
        noun = self.nouns.get(name)
        sight = noun.sight(rights)
        self.house.run(actor, lambda uow: steps.run_one(uow, noun, sight, step, key, **asked))

    def log_in(self, person: int, role: str = "hr.employee") -> Actor:
        """A user with one of the plugin's roles, linked to an employee's file."""
        name = f"user{person}"

        def act(uow):
            user, _initial = add_user(uow, name, name, companies=[1], password="Quite-long-7-words")
            uow.flush()
            uow.get(Employee, person).user_id = user.id
            return user.id

        key = self.house.run(SYSTEM, act)
        found = next(r for r in ROLES if r.name == role)
        rules = {model: (rule,) for model, rule in found.rules.items()}
        return Actor(key, name, Rights(frozenset(found.rights)), (1,), 1, rules=rules)


@pytest.fixture
def make_office(make_runtime):
    return lambda *names: Office(make_runtime(*names))


@pytest.fixture
def office(make_office):
    return make_office("base", "hr")


class PayOffice:
    """The office, and its months of pay."""

    def __init__(self, office):
        self.office = office
        self.cn = office.look(Structure, code="CN")[0].id
        self.simple = office.look(Structure, code="SIMPLE")[0].id

    def __getattr__(self, name):
        return getattr(self.office, name)

    def place(self, **rates):
        """A place with these employee rates in percent, without limits."""
        plan = InsurancePlan(
            code="test", name="Test",
            rates=[
                InsuranceRate(branch=b, from_on=dt.date(2019, 1, 1), employee=D(r), employer=D(r) * 2)
                for b, r in rates.items()
            ],
        )  # fmt: skip
        self.do(lambda uow: uow.add(plan))
        return plan.id

    def draft(self, month, year=2025, **more):
        row = Payroll(year=year, month=month, **more)
        self.do(lambda uow: uow.add(row))
        return row.id

    def compute(self, month, year=2025, **more):
        key = self.draft(month, year, **more)
        self.do(compute_payrolls, [key])
        return key

    def run(self, month, year=2025, **more):
        key = self.compute(month, year, **more)
        self.do(post_payrolls, [key])
        return key

    def slip(self, payroll, person):
        (found,) = self.look(Payslip, payroll_id=payroll, employee_id=person)
        return found

    def amounts(self, payroll, person):
        slip = self.slip(payroll, person)
        return {line.code: line.amount for line in self.look(PayslipLine, payslip_id=slip.id)}

    def enter_pay(self, person, month, code, amount, year=2025):
        self.do(
            lambda uow: uow.add(
                PayInput(employee_id=person, year=year, month=month, code=code, amount=D(amount))
            )
        )

    def deduct(self, person, amount):
        row = TaxDeduction(employee_id=person, amount=D(amount), from_on=dt.date(2024, 1, 1))
        self.do(lambda uow: uow.add(row))


@pytest.fixture
def pay(office):
    return PayOffice(office)
