"""Open items: what is still to be paid, and what settles what."""
