"""The resource engine."""
