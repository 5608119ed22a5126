"""For translators: PO files with all that is to be translated, kept in step with the words, and how far they are."""
