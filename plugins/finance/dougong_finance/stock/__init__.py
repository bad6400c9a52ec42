"""The value of stock, in the ledger."""
