"""Taxes, and the one place that computes them."""
