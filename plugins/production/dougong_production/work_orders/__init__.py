"""Work orders: one operation of a production order, and the time people spend on it."""
