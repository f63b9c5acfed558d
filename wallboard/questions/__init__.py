"""What screens and commands ask of the cache: one question per file, read-only."""
