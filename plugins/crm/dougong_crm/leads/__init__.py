"""Leads: somebody who may become a customer."""
