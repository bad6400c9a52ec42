"""How sales slots into the house."""

from dougong import Plugin


class Crm(Plugin):
    """Sales."""


plugin = Crm()
