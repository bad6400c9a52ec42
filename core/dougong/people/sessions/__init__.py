"""Log-ins that are open, and the brake on guessing."""
