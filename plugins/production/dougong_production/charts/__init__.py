"""Whether a process is in control, and what it is able to do."""
