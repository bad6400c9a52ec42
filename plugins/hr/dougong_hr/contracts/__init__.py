"""Contracts: what was agreed with an employee, and from when."""
