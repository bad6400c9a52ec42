"""Money that employees are given in advance."""
