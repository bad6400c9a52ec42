"""An office with managers and a director, for tests of what others must agree to."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace

from shop import Customer, Order, OrderLine, Product, confirm_orders
from sqlalchemy import select

from dougong.actors import EVERYTHING, Actor
from dougong.approvals import queries, service
from dougong.approvals.models import ApprovalRule
from dougong.approvals.taking import take
from dougong.jobs.models import QueuedJob
from dougong.people.roles.models import Role, UserRole
from dougong.people.users.models import User, UserCompany

D = Decimal
DAY = dt.date(2026, 3, 1)


class Office:
    """Ann enters orders; Bea and Bob are managers, Cleo is the director, Dan their deputy."""

    def __init__(self, shop, me):
        self.shop, self.me = shop, me
        self.ids, self.role = shop.run(me, self._open)

    @staticmethod
    def _open(uow):
        managers = Role(name="managers", label="Managers")
        uow.add(managers)
        people = {}
        for name in ("Ann", "Bea", "Bob", "Cleo", "Dan"):
            user = User(login=f"o-{name.lower()}", name=name)
            uow.add(user)
            uow.add(UserCompany(user_id=user.id, company_id=1))
            people[name] = user.id
        for name in ("Bea", "Bob"):
            uow.add(UserRole(user_id=people[name], role_id=managers.id, company_id=1))
        customer = Customer(code="C1", name="Acme", city="Kiel")
        product = Product(code="P1", name="Beam")
        uow.add(customer, product)
        people |= {"customer": customer.id, "product": product.id}
        return people, managers.id

    def actor(self, name):
        return Actor(self.ids[name], name, EVERYTHING, (1,), 1)

    def does(self, name, act):
        return self.shop.run(self.actor(name), act)

    def rule(self, **facts):
        facts = {
            "label": "Large orders", "resource": "shop.orders", "step": "confirm",
            "field": "total", "least": D(100), "role_id": self.role, **facts,
        }  # fmt: skip
        return self.shop.run(self.me, lambda uow: uow.add(ApprovalRule(**facts)))

    def order(self, total, by="Ann", **facts):
        def act(uow):
            line = OrderLine(
                product_id=self.ids["product"], quantity=D(1), price=D(total), amount=D(total)
            )
            order = Order(
                customer_id=self.ids["customer"], ordered_on=DAY, total=D(total), lines=[line],
                **facts,
            )  # fmt: skip
            uow.add(order)
            return order.id

        return self.does(by, act)

    def confirm(self, id, by="Ann"):
        self.does(by, lambda uow: confirm_orders(uow, [id]))

    def ask(self, id, by="Ann"):
        return self.does(by, lambda uow: service.ask(uow, "shop.orders", id, "confirm").id)

    def approve(self, id, by, reason=None):
        self.does(by, lambda uow: service.approve(uow, [id], reason))

    def one(self, model, id):
        with self.shop.read(self.me) as session:
            return session.get(model, id)

    def state(self, order):
        return self.one(Order, order).state

    def jobs(self):
        with self.shop.read(self.me) as session:
            return session.scalars(select(QueuedJob).order_by(QueuedJob.id)).all()

    def work(self):
        """What a worker does next, on behalf of whoever asked."""
        job = self.jobs()[-1]
        names = {id: name for name, id in self.ids.items()}
        actor = self.actor(names[job.user_id])
        run = SimpleNamespace(do=lambda act: self.shop.run(actor, act))
        take(run, **job.arguments)

    def waits_for(self, name):
        with self.shop.look(self.actor(name)) as uow:
            return [one.id for one in queries.waiting_for_me(uow)]
