"""Currencies and their dated rates."""
