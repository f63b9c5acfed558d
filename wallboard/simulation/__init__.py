"""The demo's contact center: a simulation whose events a board can be fed with."""
