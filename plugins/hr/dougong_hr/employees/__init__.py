"""Employees: the people who work here."""
