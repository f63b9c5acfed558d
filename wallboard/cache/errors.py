"""What is raised when a cache cannot be used."""


class CacheError(Exception):
    """The cache cannot be used; the text says why, where, and what to do."""


class UnmadeCacheError(CacheError):
    """The file is there, and its tables are not yet, or hold nothing."""


class DamagedCacheError(CacheError):
    """The cache is no longer what was written: it is to be set aside, and begun anew."""
