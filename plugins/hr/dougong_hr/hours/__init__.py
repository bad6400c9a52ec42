"""Hours: planned, worked, beyond."""
