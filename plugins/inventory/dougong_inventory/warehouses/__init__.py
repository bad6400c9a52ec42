"""Where goods lie: warehouses and the tree of places in them."""
