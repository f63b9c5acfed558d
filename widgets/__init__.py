"""Panels that draw plain values in a terminal; they know nothing of where the values come from."""
