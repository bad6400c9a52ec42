"""The core's own declarative base."""

from sqlalchemy.orm import DeclarativeBase

from dougong.db import Tables


class Base(Tables, DeclarativeBase):
    """Parent of the core's tables."""

    __plugin__ = "core"
