"""Fields that an administrator adds to any noun: kept as typed JSON beside the document."""
