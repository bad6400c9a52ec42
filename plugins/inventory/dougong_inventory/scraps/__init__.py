"""Goods that are thrown away."""
