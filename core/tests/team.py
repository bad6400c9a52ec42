"""People who work together: Ann and Bob sell, Cleo only keeps the products, Dan sells in another company."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from shop import ClubPlugin, Order, ShopPlugin
from sqlalchemy import select

from dougong.activities.models import ActivityKind
from dougong.activities.sight import SeenActivities
from dougong.core_plugin import core
from dougong.notices.models import Notice
from dougong.notices.queries import notices_of
from dougong.people.roles.models import Role, UserRole
from dougong.people.users.models import User, UserCompany
from dougong.resources.nouns import build
from dougong.wiring import collect

#: Name, role, company.
PEOPLE = (
    ("Ann Smith", "sales", 1),
    ("Bob", "sales", 1),
    ("Cleo", "products", 1),
    ("Dan", "sales", 2),
    ("王芳", "sales", 1),
)
ROLES = {
    "sales": ["shop.order.*", "shop.customer.*", "shop.product.read"],
    "products": ["shop.product.*"],
}


class Team:
    """The people by first name, and what each of them does, hears and sees."""

    def __init__(self, shop, me):
        self.shop, self.me = shop, me
        # The core's own lists are there too, as in a real house.
        wiring = collect([("core", core), ("shop", ShopPlugin()), ("club", ClubPlugin())])
        shop.nouns = build(wiring)
        shop.narrow = SeenActivities(shop.nouns)
        self.ids = shop.run(me, self._hire)
        self.orders = shop.nouns.get("shop.orders")
        self.customers = shop.nouns.get("shop.customers")

    @staticmethod
    def _hire(uow):
        roles = {name: Role(name=name, label=name, rights=rights) for name, rights in ROLES.items()}
        call = ActivityKind(name="Call", icon="phone", days=1)
        meeting = ActivityKind(name="Meeting", icon="users", days=7, position=1)
        uow.add(*roles.values(), call, meeting)
        ids = {"call": call.id, "meeting": meeting.id}
        for name, role, company in PEOPLE:
            login = name.split()[0].lower()
            user = User(login=login, name=name, email=f"{login}@house.example", company_id=company)
            uow.add(user)
            uow.add(UserCompany(user_id=user.id, company_id=company))
            uow.add(UserRole(user_id=user.id, role_id=roles[role].id, company_id=None))
            ids[name.split()[0]] = user.id
        return ids

    def actor(self, name, company=1):
        return self.shop.restore_actor(self.ids[name], company)

    def does(self, name, act, company=1):
        return self.shop.run(self.actor(name, company), act)

    def heard(self, name, company=1, unread=True):
        """Kinds of the notices that somebody sees, the oldest first."""
        actor = self.actor(name, company)
        with self.shop.read(actor) as session:
            told = notices_of(session, self.shop.nouns, actor, unread=unread)
            return [one.kind for one in reversed(told)]

    def told(self, name):
        """Kinds of all notices that were made for somebody, whether they see them or not."""
        with self.shop.read(self.me) as session:
            question = select(Notice.kind).where(Notice.user_id == self.ids[name])
            return list(session.scalars(question.order_by(Notice.id)))

    def order(self, customer, total=10, company=1):
        def act(uow):
            order = Order(
                customer_id=customer, ordered_on=dt.date(2026, 3, 1), total=Decimal(total),
                company_id=company,
            )  # fmt: skip
            uow.add(order)
            return order.id

        return self.shop.run(self.me, act)
