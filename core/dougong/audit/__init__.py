"""Who changed what, when: a chain of hashes that nobody can mend unseen."""
