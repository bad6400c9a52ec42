"""The modules of the house as an administrator sees and changes them from a page."""
