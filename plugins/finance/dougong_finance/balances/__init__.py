"""Balances of accounts, kept beside the entries."""
