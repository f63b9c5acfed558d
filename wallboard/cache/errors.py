"""What is raised when a cache cannot be used."""


class CacheError(Exception):
    """The cache cannot be used; the text says why, where, and what to do."""
