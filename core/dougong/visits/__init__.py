"""Which documents somebody has opened last."""
