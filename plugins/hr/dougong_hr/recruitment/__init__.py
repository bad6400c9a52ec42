"""Recruitment: openings, applicants, interviews, offers."""
