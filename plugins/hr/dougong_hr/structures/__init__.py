"""Pay structures: the components a payslip consists of."""
