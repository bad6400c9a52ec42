"""Goods that go back to suppliers."""
