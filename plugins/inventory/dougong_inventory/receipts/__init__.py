"""Goods that come into the house."""
