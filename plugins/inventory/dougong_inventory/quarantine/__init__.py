"""Goods that are ours but may not be promised: kept apart after an inspection."""
