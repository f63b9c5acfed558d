"""The SQLite file: its schema, how it is opened, and how long things are kept."""
