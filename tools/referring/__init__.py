"""What the reference for authors says, subject by subject."""
