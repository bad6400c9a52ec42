"""What the commands about nouns share: the noun by its name, filters, the company."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dougong.commands.common import Sentence, acting_in, the_house
from dougong.i18n import _

if TYPE_CHECKING:
    from dougong.actors import Actor
    from dougong.plugins.registry import Runtime
    from dougong.resources.nouns import Noun


def find_noun(runtime: Runtime, name: str) -> Noun:
    """The noun of that name; a wrong one is answered with the nearest."""
    found: Noun | None = runtime.nouns.get(name) if runtime.nouns else None
    if found is not None:
        return found
    known = [noun.name for noun in runtime.nouns or ()]
    near = difflib.get_close_matches(name, known, 1) or known
    raise Sentence(
        str(_("There is no resource %(name)s. Try: %(near)s.", name=name, near=", ".join(near)))
    )


def acting(runtime: Runtime, command: str, company: str) -> Actor:
    """The house itself in the company of that code alone; in all of them when none is named."""
    return acting_in(runtime, the_house(runtime, command), company or None)


def read_filters(given: Sequence[str]) -> Any:
    """``field=value`` pairs as the parameters of a list."""
    from werkzeug.datastructures import MultiDict

    pairs = []
    for text in given:
        name, sign, value = text.partition("=")
        if not sign:
            raise Sentence(str(_("A filter says field=value: %(text)s does not.", text=text)))
        pairs.append((name.strip(), value.strip()))
    return MultiDict(pairs)
