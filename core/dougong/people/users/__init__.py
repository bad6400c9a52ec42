"""People who log in: their names, passwords and second factors."""
