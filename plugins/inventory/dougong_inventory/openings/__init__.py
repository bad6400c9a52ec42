"""What was there on the first day."""
