"""The companies of the house: every document belongs to one."""
