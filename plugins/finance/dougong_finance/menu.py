"""Finance in the side menu."""

from __future__ import annotations

from dougong import MenuItem, _

_ENTRIES = [
    ("finance.customer-invoices", _("Customer invoices"), "file-invoice"),
    ("finance.supplier-bills", _("Supplier bills"), "file-dollar"),
    ("finance.payments", _("Payments"), "cash-banknote"),
    ("finance.entries", _("Entries"), "book"),
    ("finance.accounts", _("Chart of accounts"), "list-tree"),
    ("finance.journals", _("Journals"), "notebook"),
    ("finance.periods", _("Periods"), "lock"),
    ("finance.years", _("Fiscal years"), "calendar"),
    ("finance.account-uses", _("Account determination"), "route"),
]

MENU = [
    MenuItem(key="finance", label=_("Finance"), icon="report-money", order=50),
    *(
        MenuItem(key=to, label=label, to=to, parent="finance", icon=icon, order=order * 10)
        for order, (to, label, icon) in enumerate(_ENTRIES, 1)
    ),
]
