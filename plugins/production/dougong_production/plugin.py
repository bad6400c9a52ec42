"""How production slots into the house. Wiring only."""

from __future__ import annotations

from dougong import Plugin


class Production(Plugin):
    """Bills of materials, planning, work orders and quality."""


plugin = Production()
