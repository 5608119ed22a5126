"""One person: the record of what was said, the walk through it, and what follows from it."""
