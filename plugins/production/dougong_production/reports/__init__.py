"""Questions about production whose answer is a table."""
