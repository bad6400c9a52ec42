"""What quotes and orders have in common: priced lines and their totals."""
