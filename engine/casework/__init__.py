"""A practitioner's work on one person: the case, its file, the encrypted store, the documents that leave it."""
