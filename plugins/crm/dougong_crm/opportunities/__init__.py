"""Opportunities: what may become an order, stage by stage."""
