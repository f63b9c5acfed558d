"""The reports: tables of a period, each by a module of its own."""
