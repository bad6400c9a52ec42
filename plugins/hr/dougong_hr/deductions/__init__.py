"""Additional deductions from income tax, as employees declare them."""
