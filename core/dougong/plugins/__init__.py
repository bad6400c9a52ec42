"""Plugins: how they are found, put in order, loaded, and led through their lives."""
