"""What lies where, and what of it is promised."""
