"""How an administrator arranges the form of a noun: for everybody, or for those who hold a role."""
