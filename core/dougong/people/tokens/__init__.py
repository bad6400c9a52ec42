"""Keys with which programs act on a person's behalf."""
