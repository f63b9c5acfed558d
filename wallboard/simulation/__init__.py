"""A simulated contact center and the feed server that serves it."""
