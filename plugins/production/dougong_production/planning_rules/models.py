"""How a product is planned."""

from __future__ import annotations

from decimal import Decimal
from typing import ClassVar

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from dougong import ZERO, Document, Price, Quantity, _, link_to
from dougong_base import Party, Product, counted_in
from dougong_production.db import Base

METHODS = {"make": _("Make"), "buy": _("Buy")}

LOT_POLICIES = {
    "lot_for_lot": _("Lot for lot"),
    "fixed": _("Fixed lot"),
    "eoq": _("Economic order quantity"),
    "periods": _("Several periods at once"),
    "silver_meal": _("Silver-Meal"),
    "wagner_whitin": _("Wagner-Whitin"),
}

#: Nobody plans further ahead than ten years.
LONGEST_LEAD = 3650


class PlanningRule(Document, Base):
    """Whether a product is made or bought, how long that takes, and in which lots."""

    __tablename__ = "production_planning_rule"
    __document__: ClassVar[str] = "production.planning_rules"
    __table_args__ = (
        UniqueConstraint("company_id", "product_id"),
        CheckConstraint(
            "method IN ('make', 'buy')",
            name="method_known",
            info={"sentence": _("A product is made or bought.")},
        ),
        CheckConstraint(
            "policy IN ('lot_for_lot', 'fixed', 'eoq', 'periods', 'silver_meal', 'wagner_whitin')",
            name="policy_known",
            info={"sentence": _("Choose one of the lot policies.")},
        ),
        CheckConstraint(
            f"lead_days >= 0 AND lead_days <= {LONGEST_LEAD}",
            name="lead_days_possible",
            info={"sentence": _("The lead time is between zero and 3650 days.")},
        ),
        CheckConstraint(
            "safety_stock >= 0 AND minimum >= 0 AND multiple >= 0 AND lot_size >= 0",
            name="quantities_not_negative",
            info={"sentence": _("Safety stock, minimum, multiple and lot are not negative.")},
        ),
        CheckConstraint(
            "setup_cost >= 0 AND holding_cost >= 0",
            name="costs_not_negative",
            info={"sentence": _("Set-up cost and holding cost are not negative.")},
        ),
        CheckConstraint(
            "policy <> 'fixed' OR lot_size > 0",
            name="fixed_lot_has_size",
            info={"sentence": _("A fixed lot needs a size greater than zero.")},
        ),
        CheckConstraint(
            "policy NOT IN ('eoq', 'silver_meal', 'wagner_whitin')"
            " OR (setup_cost > 0 AND holding_cost > 0)",
            name="economic_lot_has_costs",
            info={
                "sentence": _("This lot policy needs a set-up cost and a holding cost above zero.")
            },
        ),
        CheckConstraint(
            "policy <> 'periods' OR lot_size > 0 OR (setup_cost > 0 AND holding_cost > 0)",
            name="periods_known",
            info={
                "sentence": _(
                    "Say how many periods one lot covers, or give set-up and holding cost."
                )
            },
        ),
        CheckConstraint(
            "horizon_days > 0",
            name="horizon_positive",
            info={"sentence": _("The horizon is at least one day.")},
        ),
    )

    product_id: Mapped[int] = link_to("base_product.id")
    method: Mapped[str] = mapped_column(String(4), default="buy")
    #: Empty: what the product says.
    lead_days: Mapped[int | None]
    safety_stock: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    policy: Mapped[str] = mapped_column(String(16), default="lot_for_lot")
    #: Of a fixed lot: its size. Of several periods at once: how many.
    lot_size: Mapped[Decimal] = mapped_column(Quantity, default=ZERO)
    #: Of one set-up or order, and of keeping one unit for one period, in the company's currency.
    setup_cost: Mapped[Decimal] = mapped_column(Price, default=ZERO)
    holding_cost: Mapped[Decimal] = mapped_column(Price, default=ZERO)
    minimum: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    #: Lots are whole multiples of this; zero allows any.
    multiple: Mapped[Decimal] = counted_in("product_id", default=ZERO)
    #: Needs that lie further ahead are left to a later run; empty means as far as the run looks.
    horizon_days: Mapped[int | None]
    planner_id: Mapped[int | None] = link_to("base_party.id")

    product: Mapped[Product] = relationship(Product, lazy="raise")
    planner: Mapped[Party | None] = relationship(Party, lazy="raise")

    def __str__(self) -> str:
        return str(METHODS.get(self.method, self.method))
