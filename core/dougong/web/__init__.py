"""The web face: one application, built anew whenever the set of plugins changes."""
