"""Fields of roles: rights as words with spaces between them, a rule's filter as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import orjson
from pydantic import Field as Schema

from dougong.i18n import Text
from dougong.resources.fields.base import Field, Operator

if TYPE_CHECKING:
    from dougong.resources.formats import Formats


class RoleLabel(Field):
    """What a role is called; a module's words are shown in the reader's language."""

    def show(self, value: Any, fmt: Formats) -> str:
        """Translated where a catalogue knows it."""
        return str(Text(value, {})) if value else ""


class RightsField(Field):
    """Patterns of rights: ``crm.order.* base.party.read``."""

    kind = "rights"
    sortable = False
    operators: Mapping[str, Operator] = {}

    def __init__(self, **options: Any) -> None:
        super().__init__(long=True, **options)

    def parse(self, text: str, fmt: Formats) -> Any:
        """Words, whatever stands between them."""
        return sorted(set(text.replace(",", " ").split()))

    def input(self, value: Any, fmt: Formats) -> str:
        """One a line."""
        return "\n".join(value or ())

    def show(self, value: Any, fmt: Formats) -> str:
        """With spaces between them."""
        return " ".join(value or ())

    def schema(self) -> Any:
        """A list of texts."""
        one = Annotated[str, Schema(max_length=120)]
        return Annotated[list[one], Schema(max_length=500)]


class FilterField(Field):
    """A condition as JSON: ``{"field": "owner", "op": "eq", "value": "$user"}``."""

    kind = "filter"
    sortable = False
    operators: Mapping[str, Operator] = {}

    def __init__(self, **options: Any) -> None:
        super().__init__(long=True, **options)

    def parse(self, text: str, fmt: Formats) -> Any:
        """What stands there as JSON; ValueError when it is none."""
        if not text.strip():
            return None
        try:
            return orjson.loads(text)
        except orjson.JSONDecodeError:
            raise ValueError("text") from None

    def input(self, value: Any, fmt: Formats) -> str:
        """The same JSON, indented."""
        return "" if value is None else orjson.dumps(value, option=orjson.OPT_INDENT_2).decode()

    def show(self, value: Any, fmt: Formats) -> str:
        """The JSON in one line."""
        return "" if value is None else orjson.dumps(value).decode()

    def schema(self) -> Any:
        """An object."""
        return dict[str, Any]
