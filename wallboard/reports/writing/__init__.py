"""How the rows of a report become a table, csv, json or xlsx."""
