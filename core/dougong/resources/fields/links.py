"""A link to a document of another noun."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlencode

from markupsafe import Markup, escape
from pydantic import Field as Schema
from sqlalchemy import Integer, select
from sqlalchemy.orm import aliased

from dougong.resources.fields.base import EQUALITY, Field, Operator
from dougong.resources.fields.numbers import ID

if TYPE_CHECKING:
    from dougong.resources.formats import Formats
    from dougong.resources.nouns import Noun

KEY = re.compile(r"\d{1,18}", re.ASCII)
CODE = re.compile(r"[\w.-]{1,60}")


class Link(Field):
    """A document of another noun: searched while typing, resolved by its name in files.

    ``begin`` says what a new one begins with that is made from here: ``begin={"is_supplier": True}``.
    """

    kind = "link"
    operators: dict[str, Operator] = dict(EQUALITY)  # noqa: RUF012

    def prepare(self) -> None:
        """The model it leads to; its noun is known once all are built."""
        self.target: type[Any] = self.options["target"]
        self.relation: str = self.options["relation"]
        self.noun: Noun = None  # type: ignore[assignment]
        #: Most targets have a number for a key; a currency has its code.
        self.numbered = isinstance(self.column.type, Integer)

    def settle(self, noun: Noun) -> None:
        """The target's noun is known now; one that has a parent gains the operator ``under``."""
        self.noun = noun
        for relation in noun.mapper.relationships:
            if relation.mapper is noun.mapper and relation.direction.name == "MANYTOONE":
                (local,) = relation.local_columns
                parent = noun.mapper.get_property_by_column(local).key
                self.operators = {**self.operators, "under": self._under(parent)}
                return

    def _under(self, parent: str) -> Operator:
        return lambda column, key: column.in_(below(self.target, parent, key))

    def parse(self, text: str, fmt: Formats) -> Any:
        """A name, even when it is all digits: only the hidden control carries a key."""
        return text.strip() or None

    def load(self, raw: Any) -> Any:
        """A key of a URL or a JSON filter."""
        if not self.numbered:
            if isinstance(raw, str) and CODE.fullmatch(raw):
                return raw
            raise ValueError("link")
        if isinstance(raw, int) and not isinstance(raw, bool) and 0 < raw < 2**63:
            return raw
        if isinstance(raw, str) and KEY.fullmatch(raw):
            return int(raw)
        raise ValueError("link")

    def query_schema(self) -> dict[str, Any]:
        """A key, as a string."""
        pattern = "^[0-9]{1,18}$" if self.numbered else r"^[\w.-]{1,60}$"
        return {"type": "string", "pattern": pattern}

    def control(self, name: str, value: Any, ctx: Any, **more: Any) -> Markup:
        """A hidden key and the visible name, with options that are searched while typing."""
        label = ctx.labels.get((self.target, value))
        key = value if isinstance(value, int) or label is not None else ""
        text = label if label is not None else "" if isinstance(value, int) else value or ""
        common, safe = self.common(name, ctx, name=f"{name}.text", **more), escape(name)
        return Markup(  # noqa: S704
            f'<span class="link" data-link="{escape(ctx.link_url(self))}"{self._begin()}>'
            f'<input type="hidden" name="{safe}" value="{escape(key)}">'
            f'<input type="text"{common} value="{escape(text)}" role="combobox"'
            f' aria-expanded="false" aria-autocomplete="list" aria-controls="o-{safe}">'
            f'<span class="options" role="listbox" id="o-{safe}"'
            f' aria-label="{escape(self.label)}" hidden></span></span>'
        )

    def _begin(self) -> Markup:
        begin = self.options.get("begin")
        if not begin:
            return Markup()
        words = {n: str(v).lower() if isinstance(v, bool) else v for n, v in begin.items()}
        return Markup(' data-begin="{}"').format(urlencode(words))

    def schema(self) -> Any:
        """The key of the target."""
        return ID if self.numbered else Annotated[str, Schema(min_length=1, max_length=60)]


def below(model: type[Any], parent: str, root: int) -> Any:
    """The ids of a document and of all below it, by one recursive query."""
    tree = select(model.id).where(model.id == root).cte(recursive=True)
    child = aliased(model)
    return select(tree.union(select(child.id).where(getattr(child, parent) == tree.c.id)).c.id)
