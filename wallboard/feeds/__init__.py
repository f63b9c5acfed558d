"""Where events come from, and how each source is resumed after a loss."""
