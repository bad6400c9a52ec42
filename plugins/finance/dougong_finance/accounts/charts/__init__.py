"""Charts of accounts to begin with, one a country; the generic one for all others."""

from __future__ import annotations

from typing import NamedTuple


class Chart(NamedTuple):
    """Accounts and which of them serve which purpose; both by code."""

    #: Code, English name, Chinese name, kind, nature; a heading's code is the beginning of others.
    accounts: list[tuple[str, str, str, str, str]]
    uses: dict[str, str]
    #: Codes of accounts whose amounts are matched though they are neither receivable nor payable.
    reconciled: tuple[str, ...] = ()


def chart_for(country: str | None) -> Chart:
    """The chart a company of this country begins with."""
    if country == "CN":
        from dougong_finance.accounts.charts.china import CHART
    else:
        from dougong_finance.accounts.charts.generic import CHART
    return CHART
