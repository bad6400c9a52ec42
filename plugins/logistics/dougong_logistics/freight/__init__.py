"""What carriers charge, beside what was expected."""
