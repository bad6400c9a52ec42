"""Expenses that employees have paid for the company."""
