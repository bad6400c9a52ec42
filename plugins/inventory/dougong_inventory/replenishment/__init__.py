"""When to buy again, and how much."""
