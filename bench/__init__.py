"""Measure what `design.md` promises; nothing here is a test."""
