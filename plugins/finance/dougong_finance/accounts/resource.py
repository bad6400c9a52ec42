"""The chart of accounts and the account determination, as pages and API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dougong import _
from dougong.resources import Choice, Field, Form, Resource, Rights, Section, Tree
from dougong_finance.accounts.models import KINDS, NATURES, PURPOSES, Account, AccountUse

if TYPE_CHECKING:
    from dougong.resources.documents.facts import Facts

KIND_COLOURS = {
    "asset": "blue", "liability": "orange", "equity": "purple", "income": "green", "expense": "red",
}  # fmt: skip


def check_account(account: Account, facts: Facts) -> None:
    """A parent is a heading of the same side of the books."""
    parent = facts.get(Account, account.parent_id)
    if parent is None:
        return
    if parent is account:
        facts.error(account, "parent", _("An account cannot stand below itself."))
    elif not parent.heading:
        facts.error(account, "parent", _("Choose a heading; amounts are posted to this account."))


class AccountResource(Resource):
    """The chart of accounts."""

    name, model, icon = "finance.accounts", Account, "list-tree"
    label, one = _("Chart of accounts"), _("Account")
    identity, title, sort = "code", "name", "code"
    columns = ("code", "name", "kind", "nature", "heading", "active")
    search, filters = ("code", "name"), ("kind", "nature", "heading", "active", "parent")
    groups = ("kind",)
    form = Form(
        Section("code", "name", "kind", "nature", "parent"),
        Section("heading", "reconcile", "active", side=True),
    )
    fields = {
        "kind": Choice(choices=KINDS, colours=KIND_COLOURS),
        "nature": Choice(choices=NATURES),
        "heading": Field(help=_("A heading sums the accounts below it; nothing is posted to it.")),
        "reconcile": Field(
            label=_("Open items"), help=_("Its amounts are matched against one another.")
        ),
    }
    boards = (Tree("parent"),)
    check = check_account
    rights = Rights("finance.account")


def check_use(use: AccountUse, facts: Facts) -> None:
    """A purpose needs an account that can be posted to."""
    account = facts.get(Account, use.account_id)
    if account is not None and (account.heading or not account.active):
        facts.error(use, "account", _("Nothing can be posted to this account. Choose another one."))


def start_use(_actor: Any) -> dict[str, Any]:
    """Sales are what most often differ by category."""
    return {"purpose": "income"}


class AccountUseResource(Resource):
    """Which account serves which purpose."""

    name, model, icon = "finance.account-uses", AccountUse, "route"
    label, one = _("Account determination"), _("Account rule")
    sort = "purpose"
    title = "purpose"
    columns = ("purpose", "category", "product", "tax", "account", "account.code")
    filters = ("purpose", "account", "category", "product", "tax")
    form = Form(
        Section("purpose", "account"),
        Section("category", "product", "tax", title=_("Only for")),
    )
    fields = {"purpose": Choice(choices=PURPOSES)}
    check, start = check_use, start_use
    rights = Rights("finance.rule")
