"""What keeps the machines running."""
