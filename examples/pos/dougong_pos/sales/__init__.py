"""Sales: from the first scan to the receipt."""
