"""The vocabulary of the feed: one typed struct per event, and how text becomes one."""
