"""Look at a plugin before it comes into the house: what it brings, what it breaks, how good it is."""
