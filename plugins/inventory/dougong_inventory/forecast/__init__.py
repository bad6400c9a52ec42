"""What customers have taken, and what they will take."""
