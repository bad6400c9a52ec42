"""Write the package of a new plugin from templates; nothing is overwritten."""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dougong.errors import Refused
from dougong.hookspecs import API_VERSION
from dougong.i18n import _
from dougong.plugins.names import PLUGIN_NAME, RESERVED
from dougong.scaffolding.translating import Own, translate
from dougong.web.catalogues import TRANSLATED, Package

TEMPLATES = Path(__file__).parent / "package"
#: What an author may leave out.
PARTS = ("noun", "workflow", "report", "menu", "demo", "translation", "tests")
#: The parts that are nothing without another one.
HANGS_ON = {"workflow": "noun", "report": "noun", "menu": "noun", "demo": "noun"}
NOUN = re.compile(r"^[a-z][a-z0-9]*(_[a-z0-9]+)*$")
LONGEST_NOUN = 30
#: Files that are written only with their part.
PART_OF = {
    "tests/": "tests",
    "dougong_NAME/translations/": "translation",
    "dougong_NAME/reports/": "report",
    "dougong_NAME/ROOM/workflow": "workflow",
    "dougong_NAME/ROOM/service": "workflow",
    "dougong_NAME/ROOM/": "noun",
    "dougong_NAME/migrations/": "noun",
    "dougong_NAME/db": "noun",
    "dougong_NAME/demo": "demo",
    "tests/test_NAME": "noun",
}


@dataclass(frozen=True)
class Wish:
    """What the author asked for."""

    name: str
    noun: str = "item"
    label: str = ""
    requires: tuple[str, ...] = ()
    without: frozenset[str] = frozenset()
    #: The noun and the label in Chinese; empty where the author has not said them.
    zh: str = ""
    label_zh: str = ""

    def has(self, part: str) -> bool:
        """Whether a part is to be written."""
        above = HANGS_ON.get(part)
        return part not in self.without and (above is None or self.has(above))


#: Labels that follow from the names of columns and stand nowhere in the package.
FIELDS = {"noun": ("Code", "Name", "Due on", "Note"), "workflow": ("State", "Done on")}


def write_plugin(wish: Wish, folder: Path, words: Mapping[Any, Any], version: str) -> list[Path]:
    """Write the package into ``folder``, which must be new or empty; returns its files.

    ``words`` are translations that are known already; ``version`` is the core's, from which the
    package's requirements follow. Raises `Refused` before anything is written.
    """
    check_wish(wish)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(
            _("%(folder)s is there already and not empty; nothing was written.", folder=folder)
        )
    facts = facts_of(wish, version)
    written = []
    for source, target in _files(wish, facts):
        path = folder / target
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(in_order(render(source, facts), wish.name), "utf-8")
        written.append(path)
    if wish.has("translation"):
        written.append(_translate(wish, folder, words))
    return sorted(written)


def check_wish(wish: Wish) -> None:
    """Whether names can be used; raises `Refused` with what to take instead."""
    if not PLUGIN_NAME.match(wish.name) or wish.name in RESERVED:
        raise Refused(
            _(
                "“%(name)s” cannot be a plugin's name: take 2 to 24 small letters and digits, a letter first,"
                " and none of the core's own words.",
                name=wish.name,
            )
        )
    if not NOUN.match(wish.noun) or len(wish.noun) > LONGEST_NOUN or keyword.iskeyword(wish.noun):
        raise Refused(
            _(
                "“%(noun)s” cannot be a noun: take one thing, in small letters, as in rental_car.",
                noun=wish.noun,
            )
        )
    for text in (wish.label, wish.zh, wish.label_zh):
        if any(character in text for character in '"\\\n%'):
            raise Refused(_("The label must be one line without quotation marks."))


def facts_of(wish: Wish, version: str) -> dict[str, Any]:
    """What the templates ask for."""
    words = wish.noun.replace("_", " ").capitalize()
    room, major = plural(wish.noun), int(API_VERSION.split(".")[0])
    first, second = (int(part) for part in version.split(".")[:2])
    return {
        "name": wish.name,
        "label": wish.label or wish.name.capitalize(),
        "requires": wish.requires,
        "api": major,
        "api_to": major + 1,
        "core_from": f"{first}.{second}",
        "core_to": f"{first}.{second + 1}" if first == 0 else str(first + 1),
        **{part: wish.has(part) for part in PARTS},
        "noun": "".join(w.capitalize() for w in wish.noun.split("_")) if wish.has("noun") else "",
        "words": words,
        "nouns": plural(words),
        "room": room,
        "slug": room.replace("_", "-"),
        "table": f"{wish.name}_{wish.noun}",
        "right": f"{wish.name}.{wish.noun}",
        "clerk": f"{wish.name}.clerk",
        "revision": f"{wish.name}_0001",
        "before": "",
        "message": "first",
    }


def plural(word: str) -> str:
    """Several of an English noun; irregular ones are for the author to mend."""
    if re.search(r"[^aeiou]y$", word):
        return f"{word[:-1]}ies"
    return f"{word}es" if re.search(r"(s|x|z|ch|sh)$", word) else f"{word}s"


def _files(wish: Wish, facts: Mapping[str, Any]) -> Iterator[tuple[str, Path]]:
    """Each template that is wanted, and the file it becomes."""
    for template in sorted(TEMPLATES.rglob("*.jinja")):
        source = template.relative_to(TEMPLATES).as_posix()
        if not all(wish.has(part) for begin, part in PART_OF.items() if source.startswith(begin)):
            continue
        target = source.removesuffix(".jinja").replace("NAME", str(facts["name"]))
        yield source, Path(target.replace("ROOM", str(facts["room"])))


def render(source: str, facts: Mapping[str, Any]) -> str:
    """A template with its facts."""
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 -- Python and TOML, not HTML
    )
    return templates.get_template(source).render(facts)


def in_order(text: str, name: str) -> str:
    """The package's own imports by name, which a template cannot know."""
    own = [line for line in text.splitlines(True) if line.startswith(f"from dougong_{name}.")]
    inorder = iter(sorted(own, key=lambda line: line.split()[1]))
    return "".join(next(inorder) if line in own else line for line in text.splitlines(True))


def own_words(wish: Wish) -> Own:
    """What the author calls the plugin and its noun."""
    facts = facts_of(wish, "0.0")
    return Own(facts["label"], facts["words"], facts["nouns"], wish.label_zh, wish.zh)


def _translate(wish: Wish, folder: Path, known: Mapping[Any, Any]) -> Path:
    """The Chinese catalogue."""
    own = own_words(wish)
    derived = {own.label, *(field for part in FIELDS if wish.has(part) for field in FIELDS[part])}
    package = Package(wish.name, folder / f"dougong_{wish.name}", derived)
    translate(package, own, known)
    return package.source(TRANSLATED[0])
