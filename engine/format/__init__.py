"""What an author writes: the format, its loader, and the checked instrument."""
