"""Counting what is there, and setting the books right."""
