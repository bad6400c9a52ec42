"""Material requirements: runs, their tables, what they propose and why."""
