"""How a company buys."""

from __future__ import annotations

from decimal import Decimal

from dougong import Setting, Text, UnitOfWork, _
from dougong_purchasing.orders.workflow import BILL_ON

BLOCK: dict[str, Text | str] = {"never": _("Never"), "C": "C", "D": "D"}
WARN: dict[str, Text | str] = {"never": _("Never"), "B": "B", "C": "C", "D": "D"}
SCORING: dict[str, Text | str] = {
    "never": _("Never"),
    "draft": _("As a draft"),
    "valid": _("At once valid"),
}
ORDERING: dict[str, Text | str] = {
    "never": _("Never"),
    "draft": _("As drafts"),
    "confirm": _("At once confirmed"),
}
BUNDLE: dict[str, Text | str] = {"day": _("Day"), "week": _("Week"), "month": _("Month")}

SETTINGS = [
    Setting("purchasing.bill_on", _("Expect bills"), "receipt", "choice", BILL_ON),
    Setting(
        "purchasing.bundle", _("One order for what is needed in the same"), "day", "choice", BUNDLE,
        help=_("Requests of one supplier; a longer time means fewer orders and earlier goods."),
    ),
    Setting(
        "purchasing.auto_order", _("Order approved requests by itself"), "never", "choice",
        ORDERING,
        help=_("Every day, what must be ordered to come in time; rules of approval hold."),
    ),
    Setting(
        "purchasing.over_receipt", _("Receipt beyond the order, in percent"), 0, "number",
        help=_("More than this is refused when goods come in."),
    ),
    Setting(
        "purchasing.match_quantity", _("Bill beyond receipt, in percent"), 0, "number",
        help=_("A bill for more than this is held."),
    ),
    Setting(
        "purchasing.match_price", _("Bill above the price, in percent"), 0, "number",
        help=_("A bill dearer than this is held."),
    ),
    Setting(
        "purchasing.match_amount", _("Difference of a line that is let pass"), 0, "number",
        help=_("In the bill's currency, whatever the percentage."),
    ),
    Setting("purchasing.weight_quality", _("Weight of quality"), 40, "number"),
    Setting("purchasing.weight_price", _("Weight of price"), 20, "number"),
    Setting("purchasing.weight_delivery", _("Weight of delivery"), 30, "number"),
    Setting("purchasing.weight_service", _("Weight of service"), 10, "number"),
    Setting(
        "purchasing.score_monthly", _("Score suppliers every month"), "draft", "choice", SCORING,
        help=_("Over the last year; the service is added by hand."),
    ),
    Setting(
        "purchasing.warn_grade", _("Warn of suppliers from grade"), "C", "choice", WARN,
        help=_("Their requests for quotation and orders say so."),
    ),
    Setting(
        "purchasing.block_grade", _("Do not buy from grade"), "never", "choice", BLOCK,
        help=_("Suppliers whose last valid score has this grade or a worse one are blocked."),
    ),
]  # fmt: skip


def number_of(uow: UnitOfWork, key: str) -> Decimal:
    """A setting as an exact number."""
    return Decimal(str(uow.setting(key) or 0))


def percent_of(uow: UnitOfWork, key: str) -> Decimal:
    """A setting in percent, as a part of one."""
    return number_of(uow, key) / 100
