"""What each kind of field is: how it is entered, kept in JSON and asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Date, String, func
from sqlalchemy import cast as sql_cast

from dougong.custom.expressions import IsoDay, Scaled, ZeroOne
from dougong.i18n import language
from dougong.resources.fields import Choice, Day, Field, Flag, Link, Money, Number, Text
from dougong.types import Exact, Id

#: Money keeps three places, as everywhere.
MONEY = 3
LONGEST = 200


@dataclass(frozen=True)
class Definition:
    """An active field, as read from the database when the house is built."""

    noun: str
    name: str
    label: str
    label_zh: str
    help: str
    kind: str
    digits: int
    choices: str
    target: str
    needed: bool

    @property
    def places(self) -> int:
        """The decimal places that are kept."""
        return MONEY if self.kind == "money" else self.digits

    @property
    def words(self) -> Spoken:
        """The label in the reader's language."""
        return Spoken(self.label, self.label_zh)

    @property
    def asked_as(self) -> Any:
        """The type of its values in a question to the database."""
        return {
            "number": Scaled(self.places), "money": Scaled(self.places), "date": IsoDay(),
            "flag": ZeroOne(), "link": BigInteger(),
        }.get(self.kind) or String(LONGEST)  # fmt: skip

    @property
    def column(self) -> Column[Any]:
        """A column such as a model would have: forms and files read from it what they need."""
        whole = self.kind == "number" and not self.digits
        kinds: dict[str, Any] = {
            "number": BigInteger() if whole else Exact(self.digits), "money": Exact(MONEY),
            "date": Date(), "flag": Boolean(), "link": Id,
        }  # fmt: skip
        return Column(self.name, kinds.get(self.kind) or String(LONGEST), nullable=True)

    def field(self, target: Any = None) -> Field:
        """How it is entered and shown; ``target`` is the model a link leads to."""
        said: dict[str, Any] = {"label": self.words, "help": self.help, "required": self.needed}
        if self.kind == "choice":
            return Choice(choices=options_of(self.choices), **said)
        if self.kind == "link":
            return Link(target=target, relation=self.name, **said)
        made = {"number": Number, "money": Money, "date": CustomDay, "flag": Flag}
        return made.get(self.kind, Text)(**said)

    def to_json(self, value: Any) -> Any:
        """The value as it stands in the JSON."""
        if value is None:
            return None
        if self.kind in ("number", "money"):
            return int(Decimal(value).scaleb(self.places))
        if self.kind == "date":
            return value.isoformat()
        return int(value) if self.kind == "flag" else value

    def from_json(self, stored: Any) -> Any:
        """The value again."""
        if stored is None:
            return None
        if self.kind in ("number", "money"):
            value = Decimal(int(stored)).scaleb(-self.places)
            return int(value) if self.kind == "number" and not self.digits else value
        if self.kind == "date":
            return dt.date.fromisoformat(stored)
        return bool(stored) if self.kind == "flag" else stored


class Spoken(str):
    """Words that an administrator wrote in two languages; the reader's is shown."""

    __slots__ = ("chinese",)
    chinese: str

    def __new__(cls, english: str, chinese: str = "") -> Spoken:
        """The English words, with the Chinese ones where there are any."""
        made = super().__new__(cls, english)
        made.chinese = chinese
        return made

    def __str__(self) -> str:
        return self.chinese if self.chinese and language().startswith("zh") else self[:]

    def __html__(self) -> str:
        from markupsafe import escape

        return escape(str(self))


class CustomDay(Day):
    """A day that the database keeps as its ISO text."""

    def buckets(self, column: Any, cut: str) -> Any:
        """By day, month (202611) or year."""
        year = sql_cast(func.substr(column, 1, 4), BigInteger)
        if cut == "year":
            return year
        return year * 100 + sql_cast(func.substr(column, 6, 2), BigInteger) if cut else column


def options_of(text: str) -> Mapping[str, Spoken]:
    """``oak = Oak = 橡木``, one a line: the word that is kept and its labels."""
    found: dict[str, Spoken] = {}
    for line in text.splitlines():
        word, *labels = [part.strip() for part in line.split("=")]
        if word:
            english = labels[0] if labels and labels[0] else word
            found[word] = Spoken(english, labels[1] if len(labels) > 1 else "")
    return found
