"""Invariants of the house's data, which the core asks of every plugin by itself."""
