"""What went wrong, and what is done so that it does not happen again."""
