"""Alarms: what calls for attention, evaluated once, by the process that collects."""
