"""Equipment that is let to customers."""
