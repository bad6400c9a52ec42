"""Assets: what is let."""
