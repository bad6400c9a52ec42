"""Appraisal: goals, ratings and what colleagues say."""
