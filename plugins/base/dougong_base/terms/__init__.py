"""Payment terms: when how much of an invoice is due."""
