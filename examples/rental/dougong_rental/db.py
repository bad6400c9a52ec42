"""The plugin's own declarative base."""

from sqlalchemy.orm import DeclarativeBase

from dougong import Tables


class Base(Tables, DeclarativeBase):
    """Parent of its tables."""

    __plugin__ = "rental"
