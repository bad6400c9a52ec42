"""Feedback: what colleagues were asked to say, and what they said."""
