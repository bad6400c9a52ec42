"""What is short, what it costs, who is busy: one report a module."""
