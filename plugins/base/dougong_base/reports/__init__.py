"""Questions about the basics whose answer is a table."""
