"""What is inspected, when, and how many pieces of it."""
