"""Salespeople: the users who sell."""
