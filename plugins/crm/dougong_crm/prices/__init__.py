"""Price lists, and the one place that finds a price."""
