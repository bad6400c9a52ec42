"""Tills and their days."""
