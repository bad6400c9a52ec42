"""Quotes: what we offer, until when, and what the customer said."""
