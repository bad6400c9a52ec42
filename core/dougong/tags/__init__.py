"""Tags: words with a colour that people put on documents, and find them by."""
