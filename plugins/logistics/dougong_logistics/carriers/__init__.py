"""Carriers, their services and what these ask."""
