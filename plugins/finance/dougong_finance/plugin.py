"""How finance slots into the house."""

from dougong import Plugin


class Finance(Plugin):
    """Finance."""


plugin = Finance()
