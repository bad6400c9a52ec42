"""Goods that are told apart: lots and serial numbers."""
