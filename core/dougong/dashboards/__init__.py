"""Dashboards: cards made of lists, reports and widgets, arranged by people, shared with roles."""
