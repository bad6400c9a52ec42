"""Rentals: who has what, from when until when."""
