"""Approvals: which step of which document somebody else must agree to, and who has.

Rules are rows, made by administrators. They are looked at when a step is asked for, so that people
hear early, and again when a unit of work ends, so that no way leads around them.
"""
