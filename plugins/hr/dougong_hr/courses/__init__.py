"""Training: courses, sessions, certificates, agreements."""
