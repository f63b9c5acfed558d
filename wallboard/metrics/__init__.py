"""The catalogue of metrics and the engine that answers them from the cache.

metric.py says what an entry is, catalogue/ holds the entries by category, relations.py what they
are reckoned over, engine.py answers many of them at once.
"""
