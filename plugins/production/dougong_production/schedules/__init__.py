"""The finite schedule: which operation runs where and when."""
