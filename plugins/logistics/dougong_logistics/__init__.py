"""Logistics."""
