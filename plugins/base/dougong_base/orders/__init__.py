"""What orders of either side share: what followed from them, what of them is billed and paid."""
