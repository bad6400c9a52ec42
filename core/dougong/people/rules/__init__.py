"""Which rows a role sees."""
