"""A reorder rule: how little of a product may be left before it is bought again."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from dougong import (
    ZERO,
    Ask,
    Document,
    State,
    Step,
    Workflow,
    _,
    later,
    link_to,
)  # fmt: skip
from dougong_base import Product, counted_in
from dougong_inventory.db import Base
from dougong_inventory.warehouses.models import Warehouse

_SERVICE = "dougong_inventory.replenishment.suggestions:"

#: How minimum and maximum are suggested.
POLICIES = {
    "service": _("Service level and economic quantity (s, Q)"),
    "cost": _("Reorder point and quantity of least cost (r, Q)"),
    "min_max": _("Minimum and maximum of least cost (s, S)"),
    "level": _("Fill up to a level every week (newsvendor)"),
}
#: What a suggestion was made from.
BASES = {"forecast": _("The approved forecast"), "history": _("The last half year")}


#: What is chosen where every rule keeps its own policy; the others are chosen by their places.
OWN_POLICY = len(POLICIES) + 1


def _policies(_session: Session, _rule: object) -> Sequence[tuple[int, str]]:
    """The policies by their places, after the usual one: what each rule says."""
    places = enumerate(POLICIES.values(), 1)
    return [(OWN_POLICY, str(_("As each rule says"))), *((n, str(one)) for n, one in places)]


RULE_STEPS = Workflow(
    "inventory.reorder_rules",
    states=[
        State("none", _("As entered"), editable=True),
        State("made", _("Suggestion to accept"), "blue", editable=True),
    ],
    steps=[
        Step(
            "suggest", _("Suggest"), ["none", "made"], "made", "inventory.reorder_rule.write",
            later(_SERVICE + "suggest"), icon="bulb",
            asks=[
                Ask("policy", _("Policy"), "link", choices=_policies),
                Ask("service", _("Service level in %"), "quantity", help=_("Empty: 95")),
                Ask("order_cost", _("Cost of an order"), "amount", help=_("Empty: 50")),
                Ask("holding", _("Cost of keeping in % a year"), "quantity", help=_("Empty: 20")),
                Ask(
                    "shortage", _("Cost of a unit that is short"), "amount",
                    help=_("Empty: what the service level implies."),
                ),
            ],
        ),
        Step(
            "accept", _("Accept suggestion"), ["made"], "none", "inventory.reorder_rule.write",
            later(_SERVICE + "accept"), primary=True, icon="check",
        ),
    ],
    field="suggestion",
)  # fmt: skip


class ReorderRule(Document, Base):
    """When the stock of a product in a warehouse falls below the minimum, it is filled up."""

    __tablename__ = "inventory_reorder_rule"
    __document__: ClassVar[str] = "inventory.reorder_rules"
    __table_args__ = (
        UniqueConstraint("company_id", "product_id", "warehouse_id"),
        CheckConstraint(
            "minimum >= 0 AND maximum >= minimum",
            name="maximum_above_minimum",
            info={"sentence": _("The maximum is not below the minimum, and neither is negative.")},
        ),
        CheckConstraint(
            "multiple > 0",
            name="multiple_positive",
            info={"sentence": _("The order multiple is greater than zero.")},
        ),
        CheckConstraint("policy IN ('" + "', '".join(POLICIES) + "')", name="policy_known"),
    )

    product_id: Mapped[int] = link_to("base_product.id")
    warehouse_id: Mapped[int] = link_to("inventory_warehouse.id")
    minimum: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    maximum: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    #: It is bought by so many at a time: a dozen, a pallet.
    multiple: Mapped[Decimal] = counted_in("product_id", default=Decimal(1))
    active: Mapped[bool] = mapped_column(default=True)
    #: By what thinking minimum and maximum are suggested.
    policy: Mapped[str] = mapped_column(String(8), default="service")
    #: Whether somebody is to look at what demand suggests.
    suggestion: Mapped[str] = mapped_column(String(6), default="none")
    suggested_minimum: Mapped[Decimal | None] = counted_in("product_id")
    suggested_maximum: Mapped[Decimal | None] = counted_in("product_id")
    suggested_from: Mapped[str | None] = mapped_column(String(8))

    product: Mapped[Product] = relationship(Product, lazy="raise")
    warehouse: Mapped[Warehouse] = relationship(Warehouse, lazy="raise")

    def to_buy(self, expected: Decimal) -> Decimal:
        """How much to buy when so much will be there: nothing, or up to the maximum in whole multiples."""
        if expected >= self.minimum:
            return ZERO
        packs = ((self.maximum - expected) / self.multiple).to_integral_value(ROUND_CEILING)
        return packs * self.multiple

    def propose(self, minimum: Decimal, quantity: Decimal, basis: str = "history") -> None:
        """So little may be left, and so much is ordered then, in whole multiples."""
        packs = (quantity / self.multiple).to_integral_value(ROUND_CEILING)
        RULE_STEPS.move(self, "suggest")
        self.suggested_minimum = minimum
        self.suggested_maximum = minimum + packs * self.multiple
        self.suggested_from = basis

    def accept(self) -> None:
        """What was suggested counts from now on."""
        RULE_STEPS.move(self, "accept")
        if self.suggested_minimum is not None and self.suggested_maximum is not None:
            self.minimum, self.maximum = self.suggested_minimum, self.suggested_maximum
        self.suggested_minimum = self.suggested_maximum = self.suggested_from = None
