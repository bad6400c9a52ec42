"""Many papers at once: made later, kept for a few days for whoever asked."""
