"""Goods carried from one place of the house to another."""
