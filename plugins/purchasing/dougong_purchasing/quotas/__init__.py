"""Which part of a product is bought from which supplier."""
