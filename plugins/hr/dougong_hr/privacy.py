"""Columns that not every colleague may see."""

#: What concerns nobody but the person and those who look after the files.
PRIVATE = {"needs": "hr.private.read", "classification": "personal"}
#: What somebody earns.
WAGE = {"needs": "hr.wage.read", "classification": "confidential"}
