"""How much more than was ordered may come, by product and supplier."""
