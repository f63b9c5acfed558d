"""Feed to facts to one transaction: the process that alone writes the cache."""
