"""Freight, duty and insurance that goods cost beside their price."""
