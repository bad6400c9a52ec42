"""Questions about sales whose answer is a table."""
