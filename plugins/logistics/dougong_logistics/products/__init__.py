"""What logistics knows of products."""
