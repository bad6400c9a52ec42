"""How inventory slots into the house."""

from dougong import Plugin


class Inventory(Plugin):
    """Inventory."""


plugin = Inventory()
