"""Reports: statements and lists that an accountant asks for."""
