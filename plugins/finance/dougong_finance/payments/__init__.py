"""Payments: money in and money out."""
