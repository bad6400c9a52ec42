"""Customers: the parties we sell to, seen from the sales desk."""
