"""Files in and out: the list as seen, and the import wizard."""
