"""Bills compared with what was ordered and has come."""
