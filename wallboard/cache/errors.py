"""What is raised when a cache cannot be used."""


class CacheError(Exception):
    """The cache cannot be used; the text says why, where, and what to do."""


class DamagedCacheError(CacheError):
    """The cache is no longer what was written: it is to be set aside, and begun anew."""
