"""How basics slots into the house."""

from dougong import Plugin


class Base(Plugin):
    """Basics."""


plugin = Base()
