"""Sales orders: what a customer has asked for and we have promised."""
