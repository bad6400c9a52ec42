"""Units of measure and exact conversion between them."""
