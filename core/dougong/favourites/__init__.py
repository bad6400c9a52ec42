"""Pages that somebody wants at hand."""
