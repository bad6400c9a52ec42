"""The driver on the road: stops in their order, signatures, what was refused."""
