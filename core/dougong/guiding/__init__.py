"""Tours over pages, and what a person was shown already."""
