"""Shifts, and who works which on what day."""
