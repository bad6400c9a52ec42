"""Notices in the reader's words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dougong.i18n import Text, _, pgettext

if TYPE_CHECKING:
    from dougong.resources.nouns import Noun

#: What a notice of each kind says; its facts are filled in.
SENTENCES: dict[str, Text] = {
    "mention": _("%(who)s has mentioned you in a note"),
    "note": _("%(who)s has written a note"),
    "follower": _("%(who)s lets you follow it"),
    "assigned": _("%(who)s has assigned an activity to you: %(summary)s"),
    "due": _("An activity is due: %(summary)s"),
    "step": _("%(who)s has taken it to “%(state)s”"),
    "approval": _("%(who)s waits for your approval"),
}
#: The part of the document's pages where the reader goes on.
PARTS = {"mention": "/notes", "note": "/notes", "assigned": "/activities", "due": "/activities"}
ICONS = {
    "mention": "at", "note": "message", "follower": "eye", "assigned": "user-check",
    "due": "clock", "step": "arrow-right", "approval": "inbox",
}  # fmt: skip
NOBODY: Text = pgettext("notice", "The house")


def words(kind: str, facts: Mapping[str, Any], noun: Noun) -> str:
    """The sentence of a notice, in the language that is spoken now; one that a plugin told is its own."""
    if "said" in facts:
        return str(Text(**facts["said"]))
    told = {name: str(value) for name, value in facts.items()}
    told["who"] = told.get("who") or str(NOBODY)
    if "state" in told and noun.steps:
        states = {state.name: str(state.label) for state in noun.steps.states}
        told["state"] = states.get(told["state"], told["state"])
    sentence = SENTENCES.get(kind)
    return str(_(sentence.message, **told)) if sentence is not None else kind


def way_to(kind: str, facts: Mapping[str, Any], noun: Noun, document_id: int) -> str:
    """The page where the reader goes on."""
    if kind == "approval":
        return "/core/inbox"
    part = f"/{facts['part']}" if facts.get("part") else PARTS.get(kind, "")
    return f"/{noun.plugin}/{noun.slug}/{document_id}{part}"


def icon_of(kind: str, facts: Mapping[str, Any]) -> str:
    """The picture beside a notice."""
    return str(facts.get("icon") or ICONS.get(kind, "bell"))
