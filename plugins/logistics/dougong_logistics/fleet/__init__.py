"""Vehicles, drivers, and what they cost."""
