"""Journals: the books in which entries are kept, each with its own numbers."""
