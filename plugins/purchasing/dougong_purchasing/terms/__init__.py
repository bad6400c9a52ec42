"""What suppliers ask for, and which of them to buy from."""
