"""What programs send about dashboards."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from dougong.dashboards.models import ALERTS
from dougong.dashboards.service import MOST_CARDS
from dougong.dashboards.web import DIGITS
from dougong.resources.fields.base import wrong
from dougong.web.bodies import Body, Whole


def _number(text: Any) -> Any:
    """A decimal as text, small enough to be kept; null for none."""
    if text is None:
        return None
    if not isinstance(text, str):
        raise wrong("string_type")
    try:
        number = Decimal(text)
    except InvalidOperation:
        raise wrong("number") from None
    if not number.is_finite() or abs(number) >= Decimal(10) ** DIGITS:
        raise wrong("number")
    return number


class NewCard(Body):
    """What a card shows, as the dialog “Add to dashboard” says it."""

    source: str
    target: str
    kind: str
    query: str = ""
    measure: str = ""
    title: str = ""
    by: str = ""
    shape: str = ""


class NewBoard(Body):
    """A dashboard of one's own."""

    name: str
    cards: list[NewCard] = Field(default=[], max_length=MOST_CARDS)


class Name(Body):
    """What a copy is called."""

    name: str


class PlacedCard(Body):
    """A card where it is to stand; what is not said stays as it is."""

    id: str
    width: Whole = 0
    title: str = ""
    alert: Literal[ALERTS] = ""  # type: ignore[valid-type]
    threshold: Annotated[
        Decimal | None,
        BeforeValidator(_number),
        WithJsonSchema({"type": ["string", "null"], "pattern": r"^-?\d{1,15}(\.\d+)?$"}),
    ] = None


class Arrangement(Body):
    """Name and order; a card left out goes."""

    name: str = ""
    cards: list[PlacedCard] = Field(default=[], max_length=MOST_CARDS)
    version: Whole = 0


class Sharing(Body):
    """For whom a dashboard is."""

    sharing: str
    roles: list[str] = Field(default=[])
    version: Whole = 0
