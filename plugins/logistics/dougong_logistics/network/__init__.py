"""Which sites serve which regions, and at what cost."""
