"""Where addresses lie on the map."""
