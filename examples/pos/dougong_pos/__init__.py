"""A point of sale: a till by keyboard and scanner, receipts, day closing."""
