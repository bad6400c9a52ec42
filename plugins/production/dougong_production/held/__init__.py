"""Goods that wait for a decision, and the customers who wait for these goods."""
