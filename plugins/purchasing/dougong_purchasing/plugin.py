"""How purchasing slots into the house. Wiring only."""

from __future__ import annotations

from dougong import Plugin


class Purchasing(Plugin):
    """Requests, offers, orders and suppliers."""


plugin = Purchasing()
