"""Production orders: what is made, of what, how far it is, and what it has cost."""
