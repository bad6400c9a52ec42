"""What an administrator chose for a company: read everywhere, written with a right."""

from dougong.settings.service import read, write

__all__ = ["read", "write"]
