"""Questions about production whose answer is a table: one report a module."""
