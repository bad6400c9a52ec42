"""Put a company's wishes into a paper: data into data, never a word of the typesetting language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from dougong.printing.declared import PAPERS, Paper
from dougong.printing.looks.wishes import PLACE, Said
from dougong.printing.sheets import told

Data = dict[str, Any]
#: What a field of the document says.
Say = Callable[[str], str]


def paper_of(shipped: str, said: Said) -> Paper:
    """The size, the margins and the letters that count."""
    paper = PAPERS[said.get("size", shipped)]
    if margins := said.get("margins"):
        paper = replace(paper, margins=tuple(margins))
    if letters := said.get("letters"):
        paper = replace(paper, size=float(letters))
    return paper


def apply(data: Data, said: Said, say: Say) -> Data:
    """The sheet as the company wants it."""
    if not said:
        return data
    words: Mapping[str, str] = said.get("words", {})
    shipped = data["title"]
    if words:
        data |= {
            "title": _begun(words, shipped),
            "facts": [[words.get(row[0], row[0]), row[1]] for row in data["facts"]],
            "parts": [_worded(words, part) for part in data["parts"]],
        }
    if title := said.get("title"):
        data["title"] = told(_filled(title, say))
    if data["running"] == shipped:
        data["running"] = data["title"]
    if opening := said.get("opening"):
        data["parts"] = [_paragraph(_filled(opening, say)), *data["parts"]]
    if closing := said.get("closing"):
        data["parts"] = [*data["parts"], _paragraph(_filled(closing, say))]
    if said.get("nohead"):
        data["head"] = None
    if said.get("nofoot"):
        data["footer"] = False
    return data


def _filled(text: str, say: Say) -> str:
    return PLACE.sub(lambda place: say(place[1]), text)


def _paragraph(text: str) -> Data:
    return {
        "kind": "words", "title": [], "text": told(text), "size": 1,
        "strong": False, "soft": False, "centre": False,
    }  # fmt: skip


def _begun(words: Mapping[str, str], title: Sequence[str]) -> list[str]:
    """A title begins with its word: *Invoice INV-2026-00001*."""
    line = title[0] if title else ""
    for shipped, own in words.items():
        if line == shipped or line.startswith(f"{shipped} "):
            return [own + line[len(shipped) :], *title[1:]]
    return list(title)


def _worded(words: Mapping[str, str], part: Data) -> Data:
    """The part with the company's words where labels stand; what the document says stays."""

    def own(lines: Sequence[str]) -> Sequence[str]:
        return told(words["\n".join(lines)]) if "\n".join(lines) in words else lines

    changed = dict(part)
    if "title" in part:
        changed["title"] = own(part["title"])
    match part["kind"]:
        case "facts":
            changed["rows"] = [[words.get(row[0], row[0]), row[1]] for row in part["rows"]]
        case "table":
            changed["columns"] = [c | {"head": own(c["head"])} for c in part["columns"]]
        case "sums":
            changed["rows"] = [row | {"label": own(row["label"])} for row in part["rows"]]
        case "words":
            changed["text"] = own(part["text"])
        case "signatures":
            changed["labels"] = [own(label) for label in part["labels"]]
        case "beside":
            changed["parts"] = [[_worded(words, p) for p in group] for group in part["parts"]]
        case "box":
            changed["parts"] = [_worded(words, p) for p in part["parts"]]
    return changed
