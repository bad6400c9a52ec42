"""Bank transfers: net wages as a file for the bank."""
