"""Internal notes that colleagues write beside a document."""
