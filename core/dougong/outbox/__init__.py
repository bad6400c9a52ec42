"""What leaves the house after a commit: at least once, leased, retried."""
