"""Goods put aside for a delivery."""
