"""Production: what is made, planned, inspected, and on which machines."""
