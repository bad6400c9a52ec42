"""Reports: statements and lists that an accountant asks for."""

from dougong_finance.reports.aged import aged_payables, aged_receivables
from dougong_finance.reports.general_ledger import general_ledger
from dougong_finance.reports.statement import statement
from dougong_finance.reports.statements import balance_sheet, profit_and_loss
from dougong_finance.reports.tax import tax_summary
from dougong_finance.reports.trial_balance import trial_balance

REPORTS = [
    trial_balance, general_ledger, balance_sheet, profit_and_loss, aged_receivables, aged_payables,
    tax_summary, statement,
]  # fmt: skip

__all__ = ["REPORTS"]
