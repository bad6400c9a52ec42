"""A field that an administrator made, and the values of a document's own fields."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from dougong.base import Base
from dougong.db import Record, Row

KINDS = ("text", "number", "money", "date", "flag", "choice", "link")
#: A field's name: also its key in the JSON, so that it can stand in an expression of an index.
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
MOST_DIGITS = 6


class CustomField(Record, Base):
    """What a field is; its kind never changes, and the name of a removed one is not given again."""

    __tablename__ = "core_custom_field"
    __document__: ClassVar[str] = "core.custom-fields"
    __table_args__ = (
        UniqueConstraint("noun", "name"),
        CheckConstraint(f"kind in {KINDS}", name="kind_known"),
        CheckConstraint(f"digits >= 0 and digits <= {MOST_DIGITS}", name="digits_known"),
        CheckConstraint("state in ('active', 'removed')", name="state_known"),
    )

    #: The resource it belongs to: ``crm.orders``.
    noun: Mapped[str] = mapped_column(String(60), index=True)
    name: Mapped[str] = mapped_column(String(40))
    label: Mapped[str] = mapped_column(String(80))
    label_zh: Mapped[str | None] = mapped_column(String(80))
    help: Mapped[str | None] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(10), default="text")
    #: Decimal places of a number.
    digits: Mapped[int] = mapped_column(Integer, default=0)
    #: One a line: ``oak = Oak = 橡木``.
    choices: Mapped[str | None] = mapped_column(Text)
    #: The resource a link leads to.
    target: Mapped[str | None] = mapped_column(String(60))
    needed: Mapped[bool] = mapped_column(default=False)
    #: Whether an index helps to filter and sort by it.
    indexed: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(Integer, default=0)
    state: Mapped[str] = mapped_column(String(8), default="active")

    def __str__(self) -> str:
        return self.label


class CustomValues(Row, Base):
    """The values of one document: ids are house-wide, so one table holds those of every noun.

    Numbers are whole multiples of their last decimal place, days ISO texts, yes and no 1 and 0:
    exact, and sorted alike on both databases.
    """

    __tablename__ = "core_custom"

    #: The table of the document.
    kind: Mapped[str] = mapped_column(String(60), index=True)
    values: Mapped[dict[str, Any]]
