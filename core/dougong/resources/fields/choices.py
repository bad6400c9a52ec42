"""One of a few words, and yes or no."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal

from markupsafe import Markup, escape
from pydantic import Field as Schema

from dougong.i18n import _
from dougong.resources.fields.base import EQUALITY, Field, Operator, attributes

if TYPE_CHECKING:
    from dougong.resources.formats import Formats

YES = {"1", "true", "yes", "on", "y", "是", "x", "✓"}
NO = {"", "0", "false", "no", "off", "n", "否"}


class Choice(Field):
    """One of a few words: ``choices`` maps the stored word to its label, ``colours`` to a badge.

    ``Choice(choices={"new": _("New")}, colours={"new": "green"})``; the colours are those of a
    `State`, and a word without one is plain.
    """

    kind = "choice"
    operators: Mapping[str, Operator] = EQUALITY

    def prepare(self) -> None:
        """The author's words and colours."""
        self.choices: Mapping[Any, Any] = self.options.get("choices", {})
        self.colours: Mapping[Any, str] = self.options.get("colours", {})

    def parse(self, text: str, fmt: Formats) -> Any:
        """The stored word, or its label as an export wrote it."""
        text = text.strip()
        if not text or text in self.choices:
            return text or None
        for key, label in self.choices.items():
            if text == str(label):
                return key
        raise ValueError("choice")

    def load(self, raw: Any) -> Any:
        """A stored word of a URL or a JSON filter."""
        if not isinstance(raw, str) or raw not in self.choices:
            raise ValueError("choice")
        return raw

    def query_schema(self) -> dict[str, Any]:
        """One of the stored words."""
        return {"type": "string", "enum": list(self.choices)}

    def show(self, value: Any, fmt: Formats) -> str:
        """The label."""
        return "" if value is None else str(self.choices.get(value, value))

    def cell(self, fmt: Formats) -> Callable[[Any], str]:
        """The label, as a badge where it has a colour."""
        drawn: dict[Any, str] = {None: ""}

        def draw(value: Any) -> str:
            if value not in drawn:
                text = escape(self.show(value, fmt))
                colour = self.colours.get(value)
                badge = Markup('<span class="badge st-{}">{}</span>')
                drawn[value] = badge.format(colour, text) if colour else text
            return drawn[value]

        return draw

    def control(self, name: str, value: Any, ctx: Any, **more: Any) -> Markup:
        """A select; the empty option goes once something needed is chosen."""
        options = "" if self.required and value else '<option value=""></option>'
        for key, label in self.choices.items():
            chosen = " selected" if key == value else ""
            options += f'<option value="{escape(key)}"{chosen}>{escape(str(label))}</option>'
        common = self.common(name, ctx, **more).replace("form-control", "form-select")
        return Markup(f"<select{common}>{options}</select>")  # noqa: S704

    def schema(self) -> Any:
        """One of the stored words."""
        return Literal[tuple(self.choices)] if self.choices else str


class Known(Choice):
    """A word of programs that people read by its label: the name of a job, of a resource, of a step.

    A house fills in ``choices`` from what its modules declare. A word without a label, as of a module
    that is switched off, is shown and taken as it is.
    """

    operators = Field.operators

    def parse(self, text: str, fmt: Formats) -> Any:
        """The word, or its label as an export wrote it."""
        try:
            return super().parse(text, fmt)
        except ValueError:
            return text.strip()

    def load(self, raw: Any) -> Any:
        """Any word of a URL or a JSON filter."""
        return Field.load(self, raw)

    def query_schema(self) -> dict[str, Any]:
        """Any word."""
        return Field.query_schema(self)

    def control(self, name: str, value: Any, ctx: Any, **more: Any) -> Markup:
        """A select that also has the word there is."""
        if value and value not in self.choices:
            shown = copy.copy(self)
            shown.choices = {value: value, **self.choices}
            return Choice.control(shown, name, value, ctx, **more)
        return super().control(name, value, ctx, **more)

    def schema(self) -> Any:
        """Any word that fits."""
        self.length = getattr(self.column.type, "length", None) or self.longest
        return Field.schema(self)


class Flag(Field):
    """Yes or no."""

    kind = "flag"
    operators = {"eq": EQUALITY["eq"]}  # noqa: RUF012

    def prepare(self) -> None:
        """Not ticked is an answer too."""
        self.required = False

    def parse(self, text: str, fmt: Formats) -> Any:
        """Yes and no as people and files write them."""
        word = text.strip().lower()
        if word in YES or word == str(_("yes")).lower():
            return True
        if word in NO or word == str(_("no")).lower():
            return False
        raise ValueError("flag")

    def load(self, raw: Any) -> Any:
        """Yes or no of a URL or a JSON filter."""
        if isinstance(raw, bool):
            return raw
        if raw not in ("true", "false", "1", "0"):
            raise ValueError("choice")
        return raw in ("true", "1")

    def query_schema(self) -> dict[str, Any]:
        """The words true and false."""
        return {"type": "string", "enum": ["true", "false"]}

    def show(self, value: Any, fmt: Formats) -> str:
        """A tick, or nothing."""
        return "✓" if value else ""

    def control(self, name: str, value: Any, ctx: Any, **more: Any) -> Markup:
        """A checkbox; the hidden zero says that it was there and not ticked."""
        safe, ticked = escape(name), " checked" if value else ""
        label = attributes({"aria_label": self.label if ctx.small else None})
        return Markup(  # noqa: S704
            f'<input type="hidden" name="{safe}" value="0"><input type="checkbox"'
            f' class="form-check-input" id="f-{safe}" name="{safe}" value="1"{ticked}{label}>'
        )

    def schema(self) -> Any:
        """True or false, and nothing that looks like it."""
        return Annotated[bool, Schema(strict=True)]
