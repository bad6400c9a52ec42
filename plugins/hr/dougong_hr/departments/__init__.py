"""Departments: who belongs together, and who leads them."""
