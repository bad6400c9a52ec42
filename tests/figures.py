"""What an accountant asks of any company at the end of a story."""

from __future__ import annotations

from sqlalchemy import func, select

from dougong_finance.accounts.models import Account
from dougong_finance.entries.models import Entry, EntryLine


def ledger(session):
    """Each account's balance: debits less credits of what is posted, without the empty ones."""
    rows = session.execute(
        select(Account.code, func.sum(EntryLine.debit), func.sum(EntryLine.credit))
        .join(EntryLine, EntryLine.account_id == Account.id)
        .join(Entry, Entry.id == EntryLine.entry_id)
        .where(Entry.state == "posted")
        .group_by(Account.code)
    )
    return {code: debit - credit for code, debit, credit in rows if debit != credit}


def wrong(session, wiring):
    """What `dougong check` would say."""
    return [f"{check.name}: {said}" for check in wiring.checks for said in check.run(session)]
