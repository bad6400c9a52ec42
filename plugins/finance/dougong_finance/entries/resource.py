"""Entries of the books, as pages and API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dougong import _
from dougong.resources import (
    Calendar,
    Field,
    Form,
    Lines,
    Money,
    Pivot,
    Resource,
    Rights,
    Section,
)  # fmt: skip
from dougong_finance.accounts.models import Account
from dougong_finance.entries.models import Entry
from dougong_finance.entries.workflow import ENTRY_STEPS
from dougong_finance.journals.queries import journal_for

if TYPE_CHECKING:
    from dougong import Actor
    from dougong.resources.documents.facts import Facts


def derive_entry(entry: Entry, facts: Facts) -> None:
    """The totals of both sides; the general journal unless another is chosen."""
    if facts.fresh(entry, "dated_on"):
        entry.dated_on = facts.today
    if facts.fresh(entry, "journal"):
        entry.journal_id = journal_for(facts.uow, facts.uow.company_id, "general")
    entry.add_up()


def check_entry(entry: Entry, facts: Facts) -> None:
    """Each line has one side, on an account that can be posted to."""
    for line in entry.lines:
        if line.debit and line.credit:
            facts.error(line, "debit", _("Give a debit or a credit, not both."))
        account = facts.get(Account, line.account_id)
        if account is not None and (account.heading or not account.active):
            facts.error(line, "account", _("This account is a heading or out of use."))


def start_entry(actor: Actor) -> dict[str, Any]:
    """Today, unless another day is typed."""
    return {"dated_on": actor.today}


class EntryResource(Resource):
    """The journal: what was posted, and drafts."""

    name, model, icon = "finance.entries", Entry, "book"
    manual = "books#entries"
    empty = _(
        "Everything that was booked. Documents book by themselves; closing entries are entered here."
    )
    label, one = _("Entries"), _("Entry")
    identity, title, sort = "number", "number", "-dated_on,-id"
    columns = ("number", "dated_on", "journal", "text", "state", "debit")
    search = ("number", "text", "lines.account.code")
    filters = ("state", "journal", "dated_on", "lines.account", "lines.party", "debit")
    groups, totals = ("journal", "state", "dated_on:month"), ("debit",)
    form = Form(
        Section("dated_on", "journal", "text"),
        Lines(
            "lines", "account", "party", "text", "debit", "credit", "due_on", "tax",
            title=_("Lines"), totals=("debit", "credit"),
        ),
        Section("number", "debit", "credit", "reverses", title=_("Totals"), side=True),
    )  # fmt: skip
    fields = {
        "dated_on": Field(label=_("Date"), required=False),
        "journal": Field(label=_("Journal"), required=False),
        "lines.account": Field(label=_("Account")),
        "lines.debit": Money(least=0, label=_("Debit")),
        "lines.credit": Money(least=0, label=_("Credit")),
        "lines.due_on": Field(label=_("Due date")),
        "reverses": Field(label=_("Reversal of")),
        "debit": Field(label=_("Debits")),
        "credit": Field(label=_("Credits")),
    }
    derived = ("number", "debit", "credit", "reverses")
    boards = (Calendar("dated_on"), Pivot("debit", rows="journal", columns="dated_on:month"))
    steps, derive, check, start = ENTRY_STEPS, derive_entry, check_entry, start_entry
    rights = Rights("finance.entry")
