"""How a plugin lets customers see its documents: whose they are, in which states, with which columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_

from dougong import Contribution, Text

if TYPE_CHECKING:
    from dougong import UnitOfWork

Words = Text | str
#: A name of a field, or a name with another label.
Named = str | tuple[str, Words]


@dataclass(frozen=True, kw_only=True)
class PortalAction:
    """What a customer may answer: accept a quote, decline it.

    ``act(uow, ids, words)`` is the service behind the office's own button, lent the rights that it
    ``needs``; ``words`` is what the customer wrote. ``ready(document, today)`` says in a sentence
    for the customer why it cannot be answered so, or nothing. Any other refusal is not told to him.
    """

    name: str
    label: Words
    act: Callable[[UnitOfWork, Sequence[int], str], Any]
    needs: Sequence[str]
    ready: Callable[[Any, dt.date], Words | None]
    #: Said above the field in which he writes something (a reason); no field when empty.
    asks: Words = ""
    required: bool = False
    #: What it means for him, said beside the button.
    means: Words = ""
    #: What the history keeps.
    kept: Words = ""
    #: What he reads when it is done.
    done: Words = ""
    primary: bool = False


@dataclass(frozen=True, kw_only=True)
class Waits:
    """Documents that wait for the customer: named on the first page with an amount and a day."""

    label: Words
    states: Sequence[str]
    #: More than the states: ``only(model, today)`` is a condition.
    only: Callable[[Any, dt.date], Any] | None = None
    amount: str = "total"
    day: str = ""


@dataclass(frozen=True, kw_only=True)
class PortalNoun(Contribution):
    """Documents that customers see in the portal; ``name`` is that of the resource: ``crm.quotes``.

    ``party`` is the model's column with whose they are. ``states`` maps those in which a customer
    sees a document to his words for them; a draft is in none. Names of fields are the resource's:
    a field with a right of its own never shows. ``lines`` are columns of the table of lines,
    ``sums`` amounts below it in the document's ``currency``. ``papers`` are the names of `Print`,
    without the plugin's, of which the first that fits can be opened.
    """

    party: str
    states: Mapping[str, Words]
    columns: Sequence[Named]
    facts: Sequence[Named] = ()
    lines: Sequence[Named] = ()
    sums: Sequence[Named] = ()
    papers: Sequence[str] = ()
    #: The attribute with the currency of all amounts; without it they are shown bare.
    currency: str = "currency"
    #: More than party and state: ``only(model)`` is a condition.
    only: Callable[[Any], Any] | None = None
    #: Another word for the state, and its colour, of one document: ``said(document, today)``.
    said: Callable[[Any, dt.date], tuple[Words, str] | None] | None = None
    #: The model's column with whoever of the house looks after it: they hear of each answer.
    keeper: str = ""
    waits: Waits | None = None
    actions: Sequence[PortalAction] = field(default_factory=tuple)
    #: What customers call them, where that is another word than the resource's.
    label: Words = ""
    one: Words = ""
    order: int = 100

    def visible(self, model: Any, party_id: int) -> Any:
        """The condition on a model's rows that one customer may see."""
        own = [getattr(model, self.party) == party_id, model.state.in_(list(self.states))]
        return and_(*own, *([self.only(model)] if self.only else []))

    def action(self, name: str) -> PortalAction | None:
        """The action of that name, or None."""
        return next((action for action in self.actions if action.name == name), None)
