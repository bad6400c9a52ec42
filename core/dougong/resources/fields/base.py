"""What every field type can do; a text does it in the plainest way."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Self

from markupsafe import Markup, escape
from pydantic import BeforeValidator
from pydantic import Field as Schema
from pydantic_core import PydanticCustomError
from sqlalchemy import Boolean, or_

from dougong import i18n

if TYPE_CHECKING:
    from dougong.resources.formats import Formats

Words = i18n.Text | str
Operator = Callable[[Any, Any], Any]

EQUALITY: dict[str, Operator] = {
    "eq": lambda column, value: column == value,
    "ne": lambda column, value: or_(column != value, column.is_(None)),
    "in": lambda column, values: column.in_(values),
    "empty": lambda column, yes: column.is_(None) if yes else column.is_not(None),
}
ORDER: dict[str, Operator] = {
    "lt": lambda column, value: column < value,
    "le": lambda column, value: column <= value,
    "gt": lambda column, value: column > value,
    "ge": lambda column, value: column >= value,
}
WORDS: dict[str, Operator] = {
    "has": lambda column, value: column.icontains(value, autoescape=True),
    "starts": lambda column, value: column.istartswith(value, autoescape=True),
}


def wrong(kind: str) -> PydanticCustomError:
    """A schema error of one of our own kinds."""
    return PydanticCustomError(kind, "{kind}", {"kind": kind})


def attributes(given: Mapping[str, object]) -> str:
    """HTML attributes: True is bare, None and False are left out, ``_`` becomes ``-``."""
    return "".join(
        f" {name.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{escape(value)}"')
        for name, value in given.items()
        if value is not None and value is not False
    )


class Field:
    """A text, unless a subclass says otherwise.

    A bare ``Field(label=…, help=…)`` keeps the type that the column implies. ``needs`` is the right
    without which the field does not exist; ``wide`` is its share of the form's width in columns.
    ``required`` follows the column: what may not be null and has no default is needed in every
    entry. ``required=False`` is for what ``derive`` fills in. ``readonly=True`` shows a field that
    nobody types: a form has no control for it, and the API and files cannot set it.
    In a table of lines a ``quiet`` field has no column while it is empty or zero in all of them.
    """

    kind = "text"
    align = ""
    sortable = True
    #: Whether it has no column: what stands beside the document answers.
    virtual = False
    operators: Mapping[str, Operator] = EQUALITY | WORDS
    #: More signs than that are not read from a page.
    longest = 20_000

    def __init__(
        self,
        *,
        label: Words = "",
        help: Words = "",
        required: bool | None = None,
        readonly: bool = False,
        needs: str = "",
        wide: int = 0,
        **options: Any,
    ) -> None:
        self.label, self.help, self.needs, self.wide = label, help, needs, wide
        self.required, self.readonly, self.options = required, readonly, options
        # Filled in when the field is bound to a model:
        self.name, self.key = "", ""
        #: The relationships on the way from the noun's model to the column.
        self.hops: tuple[str, ...] = ()
        self.column: Any = None
        #: Whether the way passes a to-many relationship.
        self.many = False
        #: The word a label was derived from, for the catalogue; empty when the author gave one.
        self.words = ""
        #: All rights it takes to see it: its own and those of the nouns it crosses.
        self.asks: frozenset[str] = frozenset()

    def __copy__(self) -> Self:
        # The general way takes three times as long, and a house copies some thousands.
        copied = object.__new__(type(self))
        copied.__dict__.update(self.__dict__)
        return copied

    def bind(
        self, name: str, hops: tuple[str, ...], key: str, column: Any, many: bool = False
    ) -> Field:
        """Put the declaration on a column of a model."""
        bound = copy.copy(self)
        bound.name, bound.hops, bound.key, bound.column, bound.many = name, hops, key, column, many
        if bound.required is None:
            free = column.nullable or column.default is not None or isinstance(column.type, Boolean)
            bound.required = not free
        if not bound.label:
            bound.words = name.rsplit(".", 1)[-1].replace("_", " ").capitalize()
            bound.label = i18n.Text(bound.words, {})
        bound.prepare()
        return bound

    def merge(self, given: Field) -> Field:
        """The words of a bare declaration on the type that the column implies."""
        merged = copy.copy(self)
        merged.label, merged.help, merged.wide = given.label, given.help, given.wide
        merged.needs, merged.required = given.needs, given.required
        merged.readonly = given.readonly or self.readonly
        merged.options = {**self.options, **given.options}
        return merged

    def prepare(self) -> None:
        """Read from the column what the type needs to know."""
        self.length = getattr(self.column.type, "length", None) or 20_000

    # -- text of the reader's language, plain values of URL, API and file --------------------------

    def parse(self, text: str, fmt: Formats) -> Any:
        """What a person typed, or a file says; ValueError names the kind of mistake."""
        return text.strip() or None

    def input(self, value: Any, fmt: Formats) -> str:
        """How the control shows the value."""
        return "" if value is None else str(value)

    def show(self, value: Any, fmt: Formats) -> str:
        """How a page or a printed list shows the value."""
        return "" if value is None else str(value)

    def plain(self, value: Any) -> Any:
        """The value as JSON says it; equal values have equal plain forms."""
        return value

    def load(self, raw: Any) -> Any:
        """A value from a URL or a JSON filter; ValueError names the kind of mistake."""
        if not isinstance(raw, str) or "\x00" in raw or len(raw) > 200:
            raise ValueError("text")
        _storable(raw)
        return raw

    def query_schema(self) -> dict[str, Any]:
        """What `load` takes, as JSON Schema."""
        return {"type": "string", "maxLength": 200, "pattern": r"^[^\x00]*$"}

    def schema(self) -> Any:
        """The pydantic type of the value in an entry."""
        pattern = r"^[^\x00]*\S[^\x00]*$" if self.required else r"^[^\x00]*$"
        least = 1 if self.required else 0
        bounds = Schema(min_length=least, max_length=self.length, pattern=pattern)
        return Annotated[str, bounds, BeforeValidator(_check_text)]

    # -- without a column --------------------------------------------------------------------------

    def holds(self, root: Any, operator: str, value: Any) -> Any:
        """The condition of a field without a column."""
        raise TypeError(f"{self.name} has a column")

    def expression(self, root: Any, around: Any = None) -> Any:
        """What a field without a column shows."""
        raise TypeError(f"{self.name} has a column")

    # -- drawing -----------------------------------------------------------------------------------

    def cell(self, fmt: Formats) -> Callable[[Any], str]:
        """A function that draws values of a list column."""
        show = self.show
        return lambda value: "" if value is None else escape(show(value, fmt))

    def control(self, name: str, value: Any, ctx: Any, **more: Any) -> Markup:
        """The HTML control; ``ctx`` has fmt, errors, small, labels and link_url."""
        text, common = escape(self.input(value, ctx.fmt)), self.common(name, ctx, **more)
        if self.options.get("long"):
            rows = 1 if ctx.small else 3
            return Markup(f'<textarea{common} rows="{rows}">{text}</textarea>')  # noqa: S704
        kind = escape(self.options.get("type", "text"))
        return Markup(  # noqa: S704
            f'<input type="{kind}"{common} value="{text}" maxlength="{self.length}">'
        )

    def common(self, name: str, ctx: Any, /, **more: Any) -> str:
        """The attributes every control has."""
        error, small = name in ctx.errors, ctx.small
        classes = ["form-control", self.align]
        classes += ["form-control-sm"] * bool(small) + ["is-invalid"] * error
        described = f"e-{name}" if error else f"h-{name}" if self.help and not small else None
        given = {
            "class": " ".join(c for c in classes if c),
            "id": f"f-{name}",
            "name": name,
            "aria_invalid": "true" if error else None,
            "aria_describedby": described,
            "aria_label": self.label if small else None,
            "aria_required": "true" if self.required else None,
            "autocomplete": "off",
        }
        return attributes(given | more)

    # -- grouping ----------------------------------------------------------------------------------

    def buckets(self, column: Any, cut: str) -> Any:
        """What a list is grouped by."""
        return column

    def bucket_text(self, value: Any, cut: str, fmt: Formats) -> str:
        """What a group is called."""
        return self.show(value, fmt)


class Text(Field):
    """One line of words."""


def _check_text(value: Any) -> Any:
    if isinstance(value, str):
        try:
            _storable(value)
        except ValueError:
            raise wrong("text") from None
    return value


def _storable(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("text") from None
