"""Wallboard: a real-time wallboard for call centers that lives in a terminal."""

__version__ = "0.1.0"
