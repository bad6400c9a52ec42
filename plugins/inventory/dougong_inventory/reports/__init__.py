"""Questions about the stock, one a file."""
