"""Fiscal years and their months: open, closed, locked."""
