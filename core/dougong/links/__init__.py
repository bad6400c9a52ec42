"""Where documents come from and what they led to."""
