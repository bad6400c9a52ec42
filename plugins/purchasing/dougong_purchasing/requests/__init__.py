"""Requests: what somebody needs bought."""
