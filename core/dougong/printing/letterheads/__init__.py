"""What stands at the head and the foot of a company's papers."""
