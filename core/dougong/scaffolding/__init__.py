"""A new plugin from templates: whole, small, and keeping every promise from its first day."""
