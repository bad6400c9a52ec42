"""Entries: what is in the books, for good."""
