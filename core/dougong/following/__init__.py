"""Following a document: who wants to hear what happens to it."""
