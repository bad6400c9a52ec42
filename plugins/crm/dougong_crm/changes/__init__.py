"""Changes of orders that are already confirmed."""
