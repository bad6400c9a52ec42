"""What can be said of a paper, checked: nothing that is kept can break one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from dougong.errors import Invalid
from dougong.i18n import Text, _
from dougong.keys import whole
from dougong.printing.declared import PAPERS, Print

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun

#: Texts of a paper, with how long each may be.
TEXTS = {"title": 120, "opening": 2000, "closing": 4000}
#: Full pages, of which a company may choose another than the shipped one; labels keep their size.
SIZES = ("A4", "A4-landscape", "A5", "Letter")
MARGINS = ("top", "right", "bottom", "left")
#: Millimetres; between left and right there must be room for words.
MOST_MARGIN, LEAST_WIDTH = 60, 60
LETTERS = Decimal(6), Decimal(14)
MOST_WORDS = 60
PLACE = re.compile(r"\{([^{}]*)\}")

Said = dict[str, Any]


def key_of(print_: Print) -> str:
    """How a paper is named here: its resource and its own name."""
    return f"{print_.resource}/{print_.slug}"


def fields_for(noun: Noun) -> dict[str, str]:
    """The fields whose content a text may name, with what they are called."""
    return {
        name: str(field.label)
        for name, field in noun.fields.items()
        if not any(not hop.endswith("_ext") for hop in field.hops) and field.kind != "picture"
    }


def read_wish(form: Mapping[str, str], noun: Noun, print_: Print, *, every: bool) -> Said:
    """What was typed, as it is kept; raises `Invalid` with a sentence at each field that is wrong.

    ``every`` is the wish for every language, which alone says size, margins and place in the list.
    """
    errors: dict[str, Text | str] = {}
    said: Said = {}
    for name, most in TEXTS.items():
        text = form.get(name, "").replace("\r\n", "\n").strip()
        if text:
            said[name] = text
            if sentence := _fault_of_text(text, most, fields_for(noun)):
                errors[name] = sentence
    words, sentence = _words(form.get("words", ""))
    if sentence:
        errors["words"] = sentence
    if words:
        said["words"] = words
    if every:
        _sizes(form, print_, said, errors)
        for name in ("nohead", "nofoot", "first", "hidden"):
            if form.get(name):
                said[name] = True
        if said.get("first") and said.get("hidden"):
            errors["hidden"] = _("What is printed first cannot be hidden.")
    if errors:
        raise Invalid(errors)
    return said


def _fault_of_text(text: str, most: int, fields: Mapping[str, str]) -> Text | str:
    if len(text) > most:
        return _("At most %(most)s characters.", most=most)
    outside = PLACE.sub("", text)
    if "{" in outside or "}" in outside:
        return _("A brace is open. Write the name of a field between two: {number}.")
    for name in PLACE.findall(text):
        if name not in fields:
            near = _near(name, fields)
            return _("There is no field %(name)s. There are: %(known)s.",
                     name=f"{{{name}}}"[:60], known=", ".join(near))  # fmt: skip
    return ""


def _near(name: str, fields: Iterable[str]) -> list[str]:
    from difflib import get_close_matches

    return get_close_matches(name, list(fields), 5, 0.5) or sorted(fields)[:12]


def _words(text: str) -> tuple[dict[str, str], Text | str]:
    """Own words for shipped ones, a pair a line: ``Invoice = Tax invoice``."""
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        shipped, equals, own = (part.strip() for part in line.partition("="))
        if not equals or not shipped or not own or max(len(shipped), len(own)) > 120:
            return found, _(
                "Line %(number)s: write the shipped word, =, and your own: Invoice = Tax invoice.",
                number=number,
            )
        found[shipped] = own
    if len(found) > MOST_WORDS:
        return found, _("At most %(most)s words.", most=MOST_WORDS)
    return found, ""


def _sizes(
    form: Mapping[str, str], print_: Print, said: Said, errors: dict[str, Text | str]
) -> None:
    size = form.get("size", "")
    if size and size != print_.paper:
        if size not in sizes_of(print_):
            errors["size"] = _("Choose one of: %(choices)s.", choices=", ".join(sizes_of(print_)))
        said["size"] = size
    paper = PAPERS.get(size or print_.paper, PAPERS[print_.paper])
    typed = [form.get(f"margin-{side}", "").strip() for side in MARGINS]
    if any(typed):
        margins = [
            whole(text) if text else shipped
            for text, shipped in zip(typed, paper.margins, strict=True)
        ]
        for side, margin in zip(MARGINS, margins, strict=True):
            if margin is None or not 0 <= margin <= MOST_MARGIN:
                errors[f"margin-{side}"] = _(
                    "Say whole millimetres from 0 to %(most)s.", most=MOST_MARGIN
                )
        room = paper.width - (margins[1] or 0) - (margins[3] or 0)
        if not errors and room < min(LEAST_WIDTH, paper.width // 2):
            errors["margin-left"] = _("Left and right leave no room for words.")
        if tuple(margins) != paper.margins:
            said["margins"] = margins
    letters = form.get("letters", "").strip().replace(",", ".")
    if letters:
        try:
            points = Decimal(letters)
            if not points.is_finite() or not LETTERS[0] <= points <= LETTERS[1]:
                raise InvalidOperation
            said["letters"] = format(points.normalize(), "f")
        except InvalidOperation:
            errors["letters"] = _(
                "Say a size from %(least)s to %(most)s points.", least=LETTERS[0], most=LETTERS[1]
            )


def sizes_of(print_: Print) -> tuple[str, ...]:
    """The sizes that a paper may have instead of its own."""
    return SIZES if print_.paper in SIZES else (print_.paper,)
