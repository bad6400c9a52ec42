"""Goods that leave the house."""
