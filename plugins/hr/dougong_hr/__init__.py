"""Human resources."""
