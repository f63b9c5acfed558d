"""Between the cache and the screens: the thread that reads, and the plain snapshots it publishes.

Apart from screens/, because nothing here knows Textual: it is tested, and used by commands, without
a terminal.
"""
