"""How good suppliers are."""
