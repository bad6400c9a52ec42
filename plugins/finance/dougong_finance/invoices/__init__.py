"""Invoices, bills and credit notes."""
