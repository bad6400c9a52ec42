"""Bringing another system's data in: an ordered plan of imports and steps, checked against its source."""
