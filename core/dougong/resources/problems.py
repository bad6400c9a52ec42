"""What can be wrong with an entry, and the sentence for it: one list for page, API and import."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from dougong.errors import Stale
from dougong.i18n import Text, _

#: pydantic's error types and our own.
SENTENCES = {
    "missing": _("This is needed."),
    "required": _("This is needed."),
    "number": _("Enter a number."),
    "date": _("Enter a date."),
    "time": _("Enter a date and a time."),
    "decimal_max_digits": _("This number is too long."),
    "decimal_max_places": _("Too many digits behind the point."),
    "string_too_long": _("At most %(max_length)s characters."),
    "string_too_short": _("This is needed."),
    "string_type": _("Enter a text."),
    "string_pattern_mismatch": _("This is needed, without control characters."),
    "greater_than_equal": _("At least %(ge)s."),
    "less_than_equal": _("At most %(le)s."),
    "extra_forbidden": _("There is no such field."),
    "literal_error": _("Choose one of %(expected)s."),
    "bool_type": _("Say true or false."),
    "list_type": _("A list of objects is needed."),
    "model_type": _("An object is needed."),
    "too_long": _("At most %(max_length)s of them."),
    "choice": _("Choose one of the list."),
    "flag": _("Say yes or no."),
    "link": _("Nothing here goes by that name."),
    "link_named": _("Nothing here goes by the name “%(name)s”."),
    "link_many": _("Several records go by the name “%(name)s”; choose one."),
    "picture": _("Choose a PNG or JPEG picture of at most 100 kB."),
    "text": _("This text has characters that cannot be stored."),
}
NOT_VALID = _("This is not valid.")


def sentence(kind: str, facts: Mapping[str, Any] | None = None) -> Text:
    """The sentence for a kind of mistake."""
    found = SENTENCES.get(kind, NOT_VALID)
    if "%(" not in found.message:
        return found
    try:
        found.message % (facts or {})
    except KeyError:
        return NOT_VALID
    return Text(found.message, facts or {}, domain=found.domain)


def sentences(error: ValidationError) -> dict[str, Text | str]:
    """What a schema has against an entry, by path; the first of each place."""
    problems: dict[str, Text | str] = {}
    for found in error.errors(include_url=False, include_input=False):
        facts = found.get("ctx") or {}
        kind = facts.get("kind") or found["type"]
        path = ".".join(str(part) for part in found["loc"])
        problems.setdefault(path, sentence(kind, facts))
    return problems


class StaleDocument(Stale):
    """Somebody else saved it meanwhile; here are both versions, as far as the reader sees them."""

    #: The person has been told; trying again by itself would overwrite what they have not seen.
    told = True

    def __init__(self, mine: Mapping[str, Any], theirs: Mapping[str, Any], version: int) -> None:
        super().__init__()
        self.mine, self.theirs, self.version = mine, theirs, version
