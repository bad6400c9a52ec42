"""Payroll: payslips month by month, and what the books owe to whom."""
