"""Migrations: one history a plugin, planned together."""
