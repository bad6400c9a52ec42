"""Roles: rights that go together, and who holds them where."""
