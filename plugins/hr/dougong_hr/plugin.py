"""How hr slots into the house. Wiring only."""

from __future__ import annotations

from dougong import Plugin


class Hr(Plugin):
    """Employees, working time, pay, recruitment and training."""


plugin = Hr()
