"""Activities: the next step that somebody has planned with a document: a call, a meeting, a letter."""
