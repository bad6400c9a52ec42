"""What carriers say of shipments under way."""
