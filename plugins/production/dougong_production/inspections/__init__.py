"""Lots that are looked at, what was found, and what becomes of them."""
