"""A shop as a plugin author would write it: four nouns, one of them extended by another plugin."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, Integer, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from dougong import (
    ZERO,
    Document,
    Plugin,
    Price,
    Quantity,
    Record,
    Refused,
    Row,
    Series,
    State,
    Step,
    Tables,
    Workflow,
    _,
    link_to,
    rounded,
)
from dougong.resources import (
    Calendar,
    Choice,
    Extend,
    Field,
    Form,
    Gantt,
    Kanban,
    Lines,
    Long,
    Money,
    Number,
    Pivot,
    Resource,
    Rights,
    Section,
    Tree,
)
from dougong.workflows import Ask


class Base(Tables, DeclarativeBase):
    __plugin__ = "shop"


class Customer(Record, Base):
    __tablename__ = "shop_customer"
    __document__ = "shop.customers"

    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    city: Mapped[str | None] = mapped_column(String(60))
    parent_id: Mapped[int | None] = link_to("shop_customer.id", ondelete="SET NULL")
    limit: Mapped[Decimal | None] = mapped_column(info={"needs": "shop.customer.limit"})
    parent: Mapped[Customer | None] = relationship(remote_side="Customer.id", lazy="raise")

    def __str__(self) -> str:
        return self.name


class Product(Record, Base):
    __tablename__ = "shop_product"
    __document__ = "shop.products"

    code: Mapped[str] = mapped_column(String(20), unique=True)
    name: Mapped[str] = mapped_column(String(100))
    price: Mapped[Decimal] = mapped_column(Price, default=ZERO)
    active: Mapped[bool] = mapped_column(default=True)


class Order(Document, Base):
    __tablename__ = "shop_order"
    __document__ = "shop.orders"
    __table_args__ = (
        CheckConstraint(
            "total >= 0", name="total_positive", info={"sentence": _("An order is never negative.")}
        ),
    )

    number: Mapped[str | None] = mapped_column(String(30), unique=True)
    customer_id: Mapped[int] = link_to("shop_customer.id")
    ordered_on: Mapped[dt.date] = mapped_column(default=dt.date.today)
    wanted_on: Mapped[dt.date | None]
    state: Mapped[str] = mapped_column(String(12), default="draft")
    note: Mapped[str | None] = mapped_column(String(500))
    total: Mapped[Decimal] = mapped_column(default=ZERO)
    margin: Mapped[Decimal] = mapped_column(default=ZERO, info={"needs": "shop.order.margin"})
    customer: Mapped[Customer] = relationship(lazy="raise")
    lines: Mapped[list[OrderLine]] = relationship(
        order_by="OrderLine.position", back_populates="order", lazy="raise"
    )

    def confirm(self) -> None:
        ORDER_STEPS.move(self, "confirm")


class OrderLine(Row, Base):
    __tablename__ = "shop_order_line"
    __part_of__ = "order_id"

    order_id: Mapped[int] = link_to("shop_order.id", ondelete="CASCADE")
    position: Mapped[int] = mapped_column(Integer, default=0)
    product_id: Mapped[int] = link_to("shop_product.id")
    quantity: Mapped[Decimal] = mapped_column(Quantity)
    price: Mapped[Decimal] = mapped_column(Price)
    amount: Mapped[Decimal]
    order: Mapped[Order] = relationship(back_populates="lines", lazy="raise")
    product: Mapped[Product] = relationship(lazy="raise")


def derive_order(order: Order, facts) -> None:
    for line in order.lines:
        product = facts.get(Product, line.product_id)
        if product and facts.fresh(line, "price", on="product"):
            line.price = product.price
        if facts.fresh(line, "quantity"):
            line.quantity = Decimal(1)
        line.amount = rounded((line.quantity or ZERO) * (line.price or ZERO), "EUR")
    order.total = sum((line.amount for line in order.lines), ZERO)


def check_order(order: Order, facts) -> None:
    if order.note == "not to them":
        facts.error(order, "customer", _("We do not sell to them."))
        facts.error(order, "wanted_on", _("Not on that day."))
    for line in order.lines if order.note == "not of these" else ():
        facts.error(line, "product", _("We do not sell these."))
    for line in order.lines:
        if line.quantity > 1000:
            facts.error(line, "quantity", _("Nobody buys that many."))


CALLS: list[list[int]] = []


def confirm_orders(uow, ids, on=None) -> None:
    CALLS.append(list(ids))
    uow.require("shop.order.confirm")
    for order in uow.load(Order, ids, Order.lines):
        if order.total > 500:
            raise Refused(_("Too expensive for this shop."))
        order.confirm()
        uow.number(order, "shop.order", on=on)


ORDER_STEPS = Workflow(
    "shop.orders",
    states=[
        State("draft", _("Draft"), editable=True),
        State("confirmed", _("Confirmed"), "blue"),
        State("cancelled", _("Cancelled"), "red", aside=True),
    ],
    steps=[
        Step(
            "confirm",
            _("Confirm"),
            ["draft"],
            "confirmed",
            needs="shop.order.confirm",
            guard=lambda o: None if o.lines else _("An order without lines binds nobody."),
            effect=confirm_orders,
            asks=[Ask("on", _("Date"), "date")],
        ),
        Step("cancel", _("Cancel"), ["draft", "confirmed"], "cancelled", needs="shop.order.write"),
    ],
)


class CustomerResource(Resource):
    name, model, label, one = "shop.customers", Customer, _("Customers"), _("Customer")
    identity, title, sort = "code", "name", "name"
    columns = ("code", "name", "city", "parent", "limit")
    search = ("code", "name")
    filters = ("city", "parent", "limit")
    form = Form(Section("code", "name", "city", "parent", "limit"))
    totals = ("limit",)
    boards = (Tree("parent"),)
    rights = Rights("shop.customer")


class ProductResource(Resource):
    name, model, label, one = "shop.products", Product, _("Products"), _("Product")
    identity, title, sort, search = "code", "name", "code", ("code", "name")
    columns = ("code", "name", "price", "active")
    fields: ClassVar = {"price": Money(least=0)}
    rights = Rights("shop.product")


class OrderResource(Resource):
    name, model, label, one = "shop.orders", Order, _("Orders"), _("Order")
    identity, title, sort = "number", "number", "-ordered_on"
    columns = ("number", "ordered_on", "wanted_on", "customer", "customer.city", "state", "total")
    search = ("number", "customer.name", "lines.product.code")
    filters = ("state", "customer", "ordered_on", "total", "margin", "lines.product")
    groups = ("state", "customer", "ordered_on:month")
    totals = ("total", "margin")
    form = Form(
        Section("customer", "ordered_on", "wanted_on", "note"),
        Lines("lines", "product", "quantity", "price", "amount"),
        Section("number", "total", "margin", side=True),
    )
    fields: ClassVar = {
        "ordered_on": Field(label=_("Date")),
        "note": Long(),
        "lines.quantity": Number(least=0),
    }
    derived = ("number", "total", "lines.amount")
    boards = (
        Kanban("state", sum="total"),
        Calendar("ordered_on"),
        Gantt("ordered_on", "wanted_on", by="customer"),
        Pivot("total", rows="customer", columns="ordered_on:month"),
    )
    steps, derive, check = ORDER_STEPS, derive_order, check_order
    rights = Rights("shop.order")


class ShopPlugin(Plugin):
    def models(self):
        return [Customer, Product, Order, OrderLine]

    def resources(self):
        return [CustomerResource, ProductResource, OrderResource]

    def workflows(self):
        return [ORDER_STEPS]

    def sequences(self):
        return [Series("shop.order", _("Orders"), "S")]


class ClubBase(Tables, DeclarativeBase):
    __plugin__ = "club"


class Membership(ClubBase):
    __tablename__ = "club_customer_ext"
    __part_of__ = "customer_id"

    customer_id: Mapped[int] = link_to("shop_customer.id", ondelete="CASCADE", primary_key=True)
    tier: Mapped[str | None] = mapped_column(String(12))
    points: Mapped[int | None] = mapped_column(Integer)


def gold_needs_points(customer: Customer, facts) -> None:
    club = customer.club_ext
    if club and club.tier == "gold" and (club.points or 0) < 100:
        facts.error(customer, "club.tier", _("Gold begins at 100 points."))


class ClubOnCustomers(Extend):
    resource, plugin, side = "shop.customers", "club", Membership
    columns, filters = ("tier",), ("tier", "points")
    form = Section("tier", "points", title=_("Club"), side=True)
    fields: ClassVar = {"tier": Choice(choices={"silver": _("Silver"), "gold": _("Gold")})}
    check = gold_needs_points


class WrongExtend(Extend):
    resource, plugin, side = "shop.customers", "club", Membership
    columns = ("teir",)


class HomelessExtend(Extend):
    resource, plugin, side = "shop.orders", "club", Membership
    columns = ("tier",)


class ClubPlugin(Plugin):
    def models(self):
        return [Membership]

    def extensions(self):
        return [ClubOnCustomers, WrongExtend, HomelessExtend]
