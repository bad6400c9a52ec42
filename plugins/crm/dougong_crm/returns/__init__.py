"""Returns: what a customer sends back."""
