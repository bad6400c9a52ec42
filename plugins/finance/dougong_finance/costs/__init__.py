"""Costs that other departments tell of: wages, freight, labour, overhead."""
