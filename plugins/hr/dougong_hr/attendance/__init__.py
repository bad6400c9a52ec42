"""Attendance: when people came and went."""
