"""How logistics slots into the house. Wiring only."""

from __future__ import annotations

from dougong import Plugin


class Logistics(Plugin):
    """Carriers, shipments, routes and fleet."""


plugin = Logistics()
