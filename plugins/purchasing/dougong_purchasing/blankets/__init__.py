"""Framework agreements with suppliers."""
